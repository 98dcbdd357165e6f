import { CopyId } from '@/components/data/copy-field'
import { Countdown } from '@/components/data/countdown'
import { EmptyState } from '@/components/data/empty-state'
import { type KeyValue, KeyValueList } from '@/components/data/key-value-list'
import { lengthWords } from '@/components/data/time-words'
import { RelativeTime, Timestamp } from '@/components/data/timestamp'
import { Card } from '@/components/ui/card'
import { providerNames } from '@/lib/core/provider'
import type { ConnectionPage, ConnectionToken } from '@/lib/server'
import { rotationTitle } from './rotation-words'

const dayMs = 24 * 3_600_000
const accessWarnMs = 5 * 60_000
const reconnectWarnMs = 7 * dayMs

type Pair = NonNullable<ConnectionToken['pair']>

/** The clocks of the token pair; the tokens themselves never leave the vault for a page. */
export function TokenCards({ connection, token }: { connection: ConnectionPage; token: ConnectionToken }) {
  const { pair } = token
  if (!pair) {
    return (
      <Card title="Token">
        <EmptyState title="No token is stored">
          {connection.ended
            ? 'It was erased when the connection ended.'
            : 'It is obtained once the connection is accepted or connected.'}
        </EmptyState>
      </Card>
    )
  }
  return (
    <>
      <Card title="Access token" description="What programs call the provider with. It is never shown.">
        <KeyValueList items={accessFacts(connection, token, pair)} />
      </Card>
      <Card
        title="Refresh token"
        description="What Patchbay renews the access token with. It is never shown."
      >
        <KeyValueList items={refreshFacts(connection, token, pair)} />
      </Card>
    </>
  )
}

function accessFacts({ status }: ConnectionPage, token: ConnectionToken, pair: Pair): KeyValue[] {
  return [
    {
      name: 'Expires',
      value: pair.accessExpiresAt ? (
        <Countdown to={pair.accessExpiresAt} warnMs={accessWarnMs} />
      ) : (
        'Not told by the provider'
      ),
    },
    {
      name: 'Next renewal',
      value: <NextRenewal token={token} pair={pair} status={status} />,
      hint: status.status === 'healthy' && isPlanned(token, status) ? renewalHint(token) : null,
    },
    {
      name: 'Obtained',
      value: <Timestamp at={pair.obtainedAt} />,
      hint: rotationTitle(pair.obtainedBy),
    },
    {
      name: 'First used',
      value: pair.firstUsedAt ? <Timestamp at={pair.firstUsedAt} /> : 'Not yet',
    },
    { name: 'Generation', value: <span className="tabular-nums">{pair.generation}</span> },
    {
      name: 'Fingerprint',
      value: <CopyId value={pair.accessFingerprint} label="fingerprint of the access token" />,
      hint: 'First twelve hex digits of its SHA-256: to compare with a log.',
    },
  ]
}

/** What holds renewals back puts off the planned one: then the status says what comes next. */
function NextRenewal({
  token,
  pair,
  status,
}: {
  token: ConnectionToken
  pair: Pair
  status: ConnectionPage['status']
}) {
  if (!token.renewable) {
    return pair.accessExpiresAt ? (
      <>
        Nothing can renew it: reconnect by <Countdown to={pair.accessExpiresAt} past="Passed" />
      </>
    ) : (
      'Nothing can renew it but a reconnect.'
    )
  }
  if (token.nextRotationAt && isPlanned(token, status))
    return <Countdown to={token.nextRotationAt} past="Due" className="text-ink" />
  return status.nextStep ?? 'None is planned in this state.'
}

/** Whether the planned renewal is what comes next. */
function isPlanned(token: ConnectionToken, { nextStepAt }: ConnectionPage['status']): boolean {
  return nextStepAt !== null && nextStepAt.getTime() === token.nextRotationAt?.getTime()
}

function renewalHint({
  keepAliveMs,
  mintIntervalMs,
  renewable,
  nextRotationAt,
}: ConnectionToken): string | null {
  if (!renewable || !nextRotationAt) return null
  const words = [
    keepAliveMs === null
      ? 'By itself before the access token expires, or at once when a program needs it.'
      : `By itself at least every ${spanWords(keepAliveMs)}, or at once when a program needs it.`,
    mintIntervalMs === null ? null : `The provider allows one token every ${spanWords(mintIntervalMs)}.`,
  ]
  return words.filter((each) => each !== null).join(' ')
}

function spanWords(ms: number): string {
  return ms === dayMs ? 'day' : ms === 60_000 ? 'minute' : lengthWords(ms)
}

function refreshFacts(connection: ConnectionPage, token: ConnectionToken, pair: Pair): KeyValue[] {
  const { refresh } = pair
  if (!refresh) return [{ name: 'Stored', value: 'None', hint: noRefreshWords(connection, token) }]
  return [
    {
      name: 'Expires',
      value: refresh.expiresAt ? (
        <Countdown to={refresh.expiresAt} warnMs={reconnectWarnMs} />
      ) : (
        `No expiry of its own at ${providerNames[connection.provider]}`
      ),
      hint: refresh.expiresAt ? refreshHint(connection) : null,
    },
    ...(token.mints
      ? [
          {
            name: 'Renewed in 14 days',
            value: (
              <span className="tabular-nums">
                {token.mints.count} of {token.mints.limit}
              </span>
            ),
            hint: 'Outreach allows that many for one person and app; other programs of the same app spend from it too.',
          },
        ]
      : []),
    {
      name: 'Fingerprint',
      value: <CopyId value={refresh.fingerprint} label="fingerprint of the refresh token" />,
    },
  ]
}

function refreshHint({ provider, grantKind, status }: ConnectionPage): string {
  if (status.status === 'needs_reconnect')
    return 'Whatever its clock says: the provider no longer accepts it.'
  if (provider === 'envoy') {
    return grantKind === 'plugin_install'
      ? 'Envoy’s 30 days. Each renewal starts them anew; if they pass, Patchbay asks for a new pair by the install.'
      : 'Envoy’s 30 days. Each renewal starts them anew; if they pass, a person has to reconnect.'
  }
  return 'Each renewal starts it anew; if it passes, a person has to reconnect.'
}

function noRefreshWords({ grantKind }: ConnectionPage, { pair }: ConnectionToken): React.ReactNode {
  if (grantKind !== 'oauth_code') return 'This kind of grant needs none: Patchbay obtains each token anew.'
  return (
    <>
      The provider gave none.
      {pair?.accessExpiresAt ? (
        <>
          {' '}
          A person has to reconnect <RelativeTime at={pair.accessExpiresAt} />.
        </>
      ) : null}
    </>
  )
}
