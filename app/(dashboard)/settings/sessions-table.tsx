import { type Column, DataTable } from '@/components/data/data-table'
import { Timestamp } from '@/components/data/timestamp'
import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { Badge } from '@/components/ui/badge'
import type { SessionRow } from '@/lib/server'
import { endSessionAction } from './actions'

/** Browsers that are signed in, each with a button that ends it; this one is left by signing out. */
export function SessionsTable({
  caption,
  sessions,
  withPerson = false,
}: {
  caption: string
  sessions: readonly SessionRow[]
  withPerson?: boolean
}) {
  const columns: Column<SessionRow>[] = [
    {
      key: 'browser',
      head: withPerson ? 'Person' : 'Browser',
      cell: (row) => <Name row={row} withPerson={withPerson} />,
    },
    {
      key: 'address',
      head: 'Address',
      cell: ({ address }) =>
        address ? (
          <span className="break-all font-mono">{address}</span>
        ) : (
          <span className="text-ink-muted">Not known</span>
        ),
    },
    { key: 'created', head: 'Signed in', hideBelow: 'md', cell: (row) => <Timestamp at={row.createdAt} /> },
    { key: 'seen', head: 'Last seen', cell: (row) => <Timestamp at={row.lastSeenAt} /> },
    { key: 'expires', head: 'Ends', hideBelow: 'lg', cell: (row) => <Timestamp at={row.expiresAt} /> },
    { key: 'end', head: 'Session', cell: (row) => <End row={row} /> },
  ]
  return <DataTable bare caption={caption} columns={columns} rows={sessions} rowKey={({ id }) => id} />
}

function Name({ row, withPerson }: { row: SessionRow; withPerson: boolean }) {
  if (withPerson) {
    return (
      <div className="grid">
        <span className="font-medium">{row.personName}</span>
        <span className="text-ink-muted">{row.device}</span>
      </div>
    )
  }
  return (
    <span className="flex flex-wrap items-center gap-2 font-medium">
      {row.device}
      {row.isCurrent ? <Badge tone="ok">This session</Badge> : null}
    </span>
  )
}

function End({ row }: { row: SessionRow }) {
  if (row.isCurrent) return <span className="text-ink-muted text-xs">Sign out to end it.</span>
  return (
    <ActionForm action={endSessionAction} className="grid gap-2">
      <input type="hidden" name="sessionId" value={row.id} />
      <div>
        <SubmitButton variant="secondary" size="sm">
          End <span className="sr-only">{`${row.device}, ${row.personName}`}</span>
        </SubmitButton>
      </div>
    </ActionForm>
  )
}
