import { Countdown } from '@/components/data/countdown'
import { type KeyValue, KeyValueList } from '@/components/data/key-value-list'
import { Timestamp } from '@/components/data/timestamp'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import type { ConnectionPage, ConnectionToken } from '@/lib/server'
import { grantWords } from '../grant-words'

const reconnectWarnMs = 7 * 24 * 3_600_000

/** What kind of grant it is, whom it acts for and what it reaches. */
export function GrantCard({ connection, token }: { connection: ConnectionPage; token: ConnectionToken }) {
  const { grantKind, provider, reach, consentAt, status } = connection
  const lapsesAt = token.development?.lapsesAt ?? null
  const reconnectBy = soonest(connection.reconnectBy, lapsesAt)
  const isDue = status.action === 'reconnect'
  const items: KeyValue[] = [
    {
      name: 'Kind',
      value: (
        <span className="flex flex-wrap items-center gap-2">
          {grantWords(grantKind, provider).long}
          {grantKind === 'client_credentials' ? <Badge tone="info">Application level</Badge> : null}
          {grantKind === 's2s' ? <Badge tone="info">Acts for no user</Badge> : null}
        </span>
      ),
    },
    ...(reach ? [{ name: 'Acts for', value: reach }] : []),
    {
      name: grantKind === 'oauth_code' ? 'Consented' : 'Granted',
      value: consentAt ? <Timestamp at={consentAt} /> : 'Not known',
    },
    {
      name: 'Reconnect by',
      value: isDue ? (
        <span className="text-danger">Now</span>
      ) : reconnectBy && token.pair ? (
        <Countdown to={reconnectBy} past="Passed" warnMs={reconnectWarnMs} />
      ) : (
        'No end is known'
      ),
      hint: isDue ? null : endHint(token, reconnectBy, lapsesAt),
    },
  ]
  return (
    <Card title="Grant">
      <KeyValueList items={items} />
    </Card>
  )
}

function soonest(one: Date | null, other: Date | null): Date | null {
  return one && other && other < one ? other : (one ?? other)
}

function endHint({ renewable }: ConnectionToken, by: Date | null, lapsesAt: Date | null): string | null {
  if (!by) return null
  if (by === lapsesAt) return 'Grants of development credentials lapse weekly; no renewal prolongs them.'
  return renewable ? 'Only if every renewal before it fails.' : null
}
