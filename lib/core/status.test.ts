import { describe, expect, test } from 'vitest'
import { type ConnectionFacts, type ConnectionStatus, deriveStatus } from './status'

const at = (minutes: number) => new Date(Date.parse('2026-09-01T12:00:00Z') + minutes * 60_000)

const healthy: ConnectionFacts = {
  lifecycle: 'live',
  createdAt: at(-900),
  endedAt: null,
  suspendedAt: null,
  suspendedReason: null,
  needsReconnectAt: null,
  uncertainAt: null,
  retryingSince: null,
  verdictAt: null,
  nextAttemptAt: at(30),
  lastSuccessAt: at(-60),
  lastFailure: null,
  appFault: null,
  heldAt: null,
  trouble: null,
}

const refused = { code: 'invalid_grant', words: 'The grant is invalid.', at: at(-5) }
const wrongSecret = { code: 'invalid_client', words: 'Unknown client.', at: at(-7), retryAt: at(1) }
const trouble = { beganAt: at(-3), retryAt: at(0.5) }

const each: [ConnectionStatus, Partial<ConnectionFacts>, object][] = [
  ['pending', { lifecycle: 'pending' }, { since: at(-900), nextStep: null, action: 'accept' }],
  [
    'healthy',
    {},
    { since: at(-60), nextStep: 'Renew the token', nextStepAt: at(30), action: null, failure: null },
  ],
  [
    'retrying',
    { retryingSince: at(-5), lastFailure: refused },
    {
      since: at(-5),
      nextStep: 'Renew the token again',
      nextStepAt: at(30),
      action: 'refresh_now',
      failure: refused,
    },
  ],
  [
    'retrying',
    { retryingSince: at(-5), verdictAt: at(2), nextAttemptAt: at(2), lastFailure: refused },
    { since: at(-5), nextStep: 'Ask the provider once more', nextStepAt: at(2), action: 'refresh_now' },
  ],
  [
    'uncertain',
    { uncertainAt: at(-4), lastFailure: refused },
    { since: at(-4), nextStep: null, nextStepAt: null, action: 'reconnect', failure: refused },
  ],
  [
    'needs_reconnect',
    { needsReconnectAt: at(-4), lastFailure: refused },
    { since: at(-4), nextStep: null, nextStepAt: null, action: 'reconnect', failure: refused },
  ],
  [
    'app_misconfigured',
    { appFault: wrongSecret, lastFailure: refused },
    {
      since: at(-7),
      nextStep: 'Try the app’s credentials again',
      nextStepAt: at(1),
      action: 'fix_app',
      failure: wrongSecret,
    },
  ],
  [
    'suspended',
    { suspendedAt: at(-8), suspendedReason: 'The org is locked.', lastFailure: refused },
    { since: at(-8), nextStep: 'Try again', nextStepAt: at(30), action: 'check_again', failure: refused },
  ],
  [
    'disconnected',
    { lifecycle: 'disconnected', endedAt: at(-2) },
    { since: at(-2), nextStep: null, nextStepAt: null, action: 'connect_again' },
  ],
]

test.each(each)(
  '%s tells since when, the last success, the next step and the one button',
  (...[status, facts, told]) => {
    expect(deriveStatus({ ...healthy, ...facts })).toMatchObject({ status, lastSuccessAt: at(-60), ...told })
  },
)

describe('what explains more comes first', () => {
  const everything: ConnectionFacts = {
    ...healthy,
    retryingSince: at(-9),
    uncertainAt: at(-8),
    needsReconnectAt: at(-7),
    appFault: wrongSecret,
    suspendedAt: at(-6),
  }
  test.each<[ConnectionStatus, Partial<ConnectionFacts>]>([
    ['disconnected', { lifecycle: 'refused' }],
    ['pending', { lifecycle: 'pending' }],
    ['suspended', {}],
    ['app_misconfigured', { suspendedAt: null }],
    ['needs_reconnect', { suspendedAt: null, appFault: null }],
    ['uncertain', { suspendedAt: null, appFault: null, needsReconnectAt: null }],
    ['retrying', { suspendedAt: null, appFault: null, needsReconnectAt: null, uncertainAt: null }],
  ])('%s', (status, change) => {
    expect(deriveStatus({ ...everything, ...change }).status).toBe(status)
  })
})

describe('what is around a connection changes its next step, not its status', () => {
  test('a provider in trouble is waited for, and one connection is tried', () => {
    for (const facts of [healthy, { ...healthy, retryingSince: at(-5), verdictAt: at(2) }]) {
      const calm = deriveStatus(facts)
      const view = deriveStatus({ ...facts, trouble })
      expect(view).toEqual({ ...calm, nextStep: view.nextStep, nextStepAt: at(0.5) })
      expect(view.nextStep).toMatch(/^Wait until the provider/)
    }
  })

  test('a held database renews nothing, and no button of the connection helps', () => {
    const retrying = { ...healthy, retryingSince: at(-5) }
    expect(deriveStatus({ ...retrying, heldAt: at(-1), trouble })).toMatchObject({
      status: 'retrying',
      nextStep: 'Wait until a person lets this database go on',
      nextStepAt: null,
      action: null,
    })
    const dead = { ...healthy, needsReconnectAt: at(-5), heldAt: at(-1) }
    expect(deriveStatus(dead)).toMatchObject({ nextStep: null, action: 'reconnect' })
  })

  test('a pair that nothing can renew has no next step', () => {
    expect(deriveStatus({ ...healthy, nextAttemptAt: null, trouble })).toMatchObject({
      status: 'healthy',
      nextStep: null,
      nextStepAt: null,
    })
  })
})
