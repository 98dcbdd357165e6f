import { groupDigits } from '@/components/data/rate-reading'
import { Timestamp } from '@/components/data/timestamp'
import { Card } from '@/components/ui/card'
import type { ConnectionPage, ScopeUseView } from '@/lib/server'
import { FewerScopesForm } from './fewer-scopes-form'

/** Granted scopes that the calls of the last 30 days never needed, or why that cannot be told. */
export function ScopeUseCard({ use, connection }: { use: ScopeUseView; connection: ConnectionPage }) {
  if (use.kind !== 'known') {
    return (
      <Card title="Scopes not used">
        <p className="text-ink-muted">{whyNotKnown(use)}</p>
      </Card>
    )
  }
  const { unused, broader, notJudged, choices } = use
  return (
    <Card
      title="Scopes not used"
      description={
        <>
          Of {groupDigits(use.calls)} calls, the first <Timestamp at={use.since} />. Only calls through
          Patchbay are counted; what a path does not name, such as records that <code>include</code> brings
          in, is not seen.
        </>
      }
    >
      <div className="grid gap-4">
        {unused.length + broader.length === 0 ? <p>Every granted scope was needed.</p> : null}
        {unused.length > 0 ? (
          <div>
            <p>{unused.length === 1 ? 'One scope was' : `${unused.length} scopes were`} never needed:</p>
            <Scopes scopes={unused} />
          </div>
        ) : null}
        {broader.length > 0 ? (
          <ul className="grid gap-1">
            {broader.map(({ scope, instead }) => (
              <li key={scope}>
                <Scope name={scope} /> grants more than was needed:{' '}
                {instead.map((each, index) => (
                  <span key={each}>
                    {index > 0 ? ' and ' : ''}
                    <Scope name={each} />
                  </span>
                ))}{' '}
                would do, if the app has {instead.length === 1 ? 'it' : 'them'}.
              </li>
            ))}
          </ul>
        ) : null}
        {notJudged.length > 0 ? (
          <div className="text-ink-muted">
            <p>Calls cannot tell of:</p>
            <Scopes scopes={notJudged} />
          </div>
        ) : null}
        {unused.length === 0 ? null : choices ? (
          <FewerScopesForm choices={choices} connection={connection} />
        ) : (
          <p className="text-ink-muted">
            The scopes of this grant belong to the app: untick them in the app at the provider.
          </p>
        )}
      </div>
    </Card>
  )
}

function whyNotKnown(use: Exclude<ScopeUseView, { kind: 'known' }>): string {
  if (use.kind === 'too_few') {
    const calls =
      use.calls === 0 ? 'No call went' : use.calls === 1 ? 'One call went' : `${use.calls} calls went`
    return `${calls} through Patchbay in the last 30 days. From ${use.callsMin} calls on, the scopes that none of them needed are shown here.`
  }
  if (use.kind === 'routes_not_kept')
    return `Of ${groupDigits(use.calls)} of the calls in the last 30 days the path was not kept: there were too many different ones within a minute. So it cannot be told which scopes are needed.`
  const times = use.reads === 1 ? 'once' : `${groupDigits(use.reads)} times`
  return `Programs read the token itself ${times} in the last 30 days. What they call with it does not go through Patchbay, so it cannot be told which scopes are needed.`
}

function Scopes({ scopes }: { scopes: readonly string[] }) {
  return (
    <ul className="mt-1 flex flex-wrap gap-1.5">
      {scopes.map((scope) => (
        <li key={scope}>
          <Scope name={scope} />
        </li>
      ))}
    </ul>
  )
}

function Scope({ name }: { name: string }) {
  return <code className="rounded-md border border-line bg-sunken px-2 py-0.5 font-mono text-sm">{name}</code>
}
