import Link from 'next/link'
import { KeyValueList } from '@/components/data/key-value-list'
import { groupDigits } from '@/components/data/rate-reading'
import { Timestamp } from '@/components/data/timestamp'
import { apiScopeWords } from '@/lib/core/api-scopes'
import type { ApiKeyPage } from '@/lib/server'
import { reachWords } from '../key-words'

/** What a key may do, whose it is and how long it lasts. */
export function KeyFacts({ apiKey }: { apiKey: ApiKeyPage }) {
  const { hint, scopes, requestsPerMinute, createdAt, createdBy, expiresAt, lastUsedAt } = apiKey
  return (
    <KeyValueList
      items={[
        { name: 'Begins with', value: <span className="font-mono text-sm">{hint}…</span> },
        {
          name: 'May',
          value: (
            <ul className="grid gap-0.5">
              {scopes.map((scope) => (
                <li key={scope}>
                  {apiScopeWords[scope]} <span className="font-mono text-ink-muted text-xs">{scope}</span>
                </li>
              ))}
            </ul>
          ),
        },
        { name: 'Reaches', value: <Reach reach={apiKey.reach} /> },
        {
          name: 'Requests a minute',
          value: requestsPerMinute === null ? 'No limit' : groupDigits(requestsPerMinute),
        },
        { name: 'Ends', value: expiresAt ? <Timestamp at={expiresAt} /> : 'Never' },
        { name: 'Last used', value: lastUsedAt ? <Timestamp at={lastUsedAt} /> : 'Not yet' },
        {
          name: 'Made',
          value: (
            <>
              <Timestamp at={createdAt} /> by {createdBy}
            </>
          ),
        },
      ]}
    />
  )
}

function Reach({ reach }: Pick<ApiKeyPage, 'reach'>) {
  if (reach.connections.length === 0) return reachWords(reach)
  return (
    <ul className="grid gap-0.5">
      {reach.connections.map(({ id, name }) => (
        <li key={id}>
          <Link href={`/connections/${id}`} className="break-words underline">
            {name}
          </Link>
        </li>
      ))}
    </ul>
  )
}
