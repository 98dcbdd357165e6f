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
  const { grantKind, provider, reach, consentAt, reconnectBy, status } = connection
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
      hint: token.renewable && reconnectBy && !isDue ? 'Only if every renewal before it fails.' : null,
    },
  ]
  return (
    <Card title="Grant">
      <KeyValueList items={items} />
    </Card>
  )
}
