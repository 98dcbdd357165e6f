import { Countdown } from '@/components/data/countdown'
import type { KeyValue } from '@/components/data/key-value-list'
import { Timestamp } from '@/components/data/timestamp'
import type { Failure } from '@/lib/core/status'
import type { ConnectionPage } from '@/lib/server'
import { failureTitle, whoSaid } from './failure-words'

/** The facts behind a status that is not healthy: what failed, since when, and what happens next without anybody. */
export function whyFacts(connection: ConnectionPage): KeyValue[] {
  const { status, suspendedReason, accessExpiresAt } = connection
  const facts: KeyValue[] = []
  const { failure } = status
  if (status.status === 'suspended' && suspendedReason && suspendedReason !== failure?.words)
    facts.push({ name: 'Why', value: suspendedReason })
  if (failure) facts.push({ name: 'What failed', value: <WhatFailed failure={failure} /> })
  facts.push({
    name: 'Last success',
    value: status.lastSuccessAt ? <Timestamp at={status.lastSuccessAt} /> : 'None yet',
  })
  if (tokenLasts.includes(status.status) && accessExpiresAt)
    facts.push({
      name: 'Stored token ends',
      value: <Countdown to={accessExpiresAt} past="Ended" className="text-ink" />,
      hint: 'Programs are given it until then.',
    })
  facts.push({ name: 'Next by itself', value: <Next status={status} /> })
  return facts
}

/** Where the access token is still handed out while the renewal fails. */
const tokenLasts: readonly ConnectionPage['status']['status'][] = ['retrying', 'app_misconfigured']

/** What did answer is quoted; a call that got no answer is told in Patchbay's words. */
function WhatFailed({ failure: { code, at, ...failure } }: { failure: Failure }) {
  const { by, words } = whoSaid(code, failure.words)
  return (
    <>
      <p>
        {failureTitle(code)} <code className="font-mono text-ink-muted text-sm">({code})</code>,{' '}
        <Timestamp at={at} />
      </p>
      {words ? (
        <p className="text-ink-muted">
          {by === 'provider' ? (
            <>
              In the provider’s words: <q>{words}</q>
            </>
          ) : (
            words
          )}
        </p>
      ) : null}
    </>
  )
}

function Next({ status: { nextStep, nextStepAt } }: Pick<ConnectionPage, 'status'>) {
  if (!nextStep) return 'Nothing: it waits for a person.'
  return (
    <>
      {nextStep}
      {nextStepAt ? (
        <>
          {' · '}
          <Countdown to={nextStepAt} past="Due" className="text-ink" />
        </>
      ) : null}
    </>
  )
}
