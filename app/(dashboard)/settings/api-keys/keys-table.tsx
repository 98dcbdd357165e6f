import { type Column, DataTable } from '@/components/data/data-table'
import { groupDigits } from '@/components/data/rate-reading'
import { Timestamp } from '@/components/data/timestamp'
import type { KeyRow } from '@/lib/server'
import { KeyStateBadge } from './key-state-badge'
import { reachWords } from './key-words'

/** API keys with what they may do and when they were last used. @param props.ended they open nothing any more */
export function KeysTable({
  caption,
  keys,
  ended = false,
}: {
  caption: string
  keys: readonly KeyRow[]
  ended?: boolean
}) {
  return (
    <DataTable
      bare
      caption={caption}
      rows={keys}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/settings/api-keys/${id}`}
      columns={[...columns, ended ? endedColumn : endsColumn, usedColumn]}
    />
  )
}

const none = (words: string) => <span className="text-ink-muted">{words}</span>

const columns: readonly Column<KeyRow>[] = [
  {
    key: 'name',
    head: 'Key',
    cell: ({ name, hint }) => (
      <span className="grid min-w-0 gap-0.5">
        <span className="break-words font-medium">{name}</span>
        <span className="font-mono text-ink-muted text-xs">{hint}…</span>
      </span>
    ),
  },
  { key: 'state', head: 'State', cell: ({ state }) => <KeyStateBadge state={state} /> },
  {
    key: 'scopes',
    head: 'May',
    hideBelow: 'xl',
    cell: ({ scopes }) => (
      <span className="flex max-w-64 flex-wrap gap-x-2 font-mono text-xs max-sm:justify-end">
        {scopes.map((scope) => (
          <span key={scope}>{scope}</span>
        ))}
      </span>
    ),
  },
  {
    key: 'reach',
    head: 'Reaches',
    hideBelow: 'lg',
    cell: ({ reach }) => <span className="break-words">{reachWords(reach)}</span>,
  },
  {
    key: 'limit',
    head: 'Requests a minute',
    numeric: true,
    hideBelow: 'xl',
    cell: ({ requestsPerMinute }) =>
      requestsPerMinute === null ? none('No limit') : groupDigits(requestsPerMinute),
  },
]

const endsColumn: Column<KeyRow> = {
  key: 'ends',
  head: 'Ends',
  hideBelow: 'md',
  cell: ({ expiresAt }) => (expiresAt ? <Timestamp at={expiresAt} /> : none('Never')),
}
const endedColumn: Column<KeyRow> = {
  key: 'ended',
  head: 'Ended',
  hideBelow: 'md',
  cell: ({ revokedAt, expiresAt }) => {
    const at = revokedAt ?? expiresAt
    return at ? <Timestamp at={at} /> : null
  },
}
const usedColumn: Column<KeyRow> = {
  key: 'used',
  head: 'Last used',
  cell: ({ lastUsedAt }) => (lastUsedAt ? <Timestamp at={lastUsedAt} /> : none('Not yet')),
}
