import { describe, expect, test } from 'vitest'
import { decideRotation, type RotationFacts } from './decide-rotation'

const now = Date.parse('2026-09-01T12:00:00Z')
const at = (ms: number) => new Date(now + ms)
const minute = 60_000
const noCap = { mintIntervalMs: null }

const healthy: RotationFacts = {
  lifecycle: 'live',
  grantKind: 'oauth_code',
  suspendedAt: null,
  needsReconnectAt: null,
  uncertainAt: null,
  failureCount: 0,
  nextAttemptAt: at(minute),
  verdictAt: null,
  probeFirst: false,
  heldAt: null,
  trouble: null,
  appFault: null,
  accessExpiresAt: at(60 * minute),
  hasRefreshToken: true,
  hasInstall: false,
  lastMintAt: at(-10 * minute),
}

describe('whether a pair may be renewed', () => {
  test('a healthy one is refreshed, whatever was planned', () => {
    expect(decideRotation(healthy, noCap, 'needed', now)).toEqual({ kind: 'refresh' })
  })

  test('a grant that mints needs no refresh token, a code grant cannot do without', () => {
    const without = { ...healthy, hasRefreshToken: false }
    const application = { ...without, grantKind: 'client_credentials' } as const
    expect(decideRotation(application, noCap, 'needed', now)).toEqual({ kind: 'mint' })
    const installed = { ...without, grantKind: 's2s', hasInstall: true } as const
    expect(decideRotation(installed, noCap, 'needed', now)).toEqual({ kind: 'mint' })
    expect(decideRotation({ ...installed, hasInstall: false }, noCap, 'needed', now)).toEqual({
      kind: 'nothing_to_renew_with',
    })
    expect(decideRotation(without, noCap, 'needed', now)).toEqual({ kind: 'nothing_to_renew_with' })
  })

  test('an installed plugin spends its refresh token first', () => {
    expect(decideRotation({ ...healthy, grantKind: 'plugin_install' }, noCap, 'due', now)).toEqual({
      kind: 'refresh',
    })
  })

  test('the provider’s cap holds for persons too', () => {
    const justMinted = { ...healthy, lastMintAt: at(-20_000) }
    for (const cause of ['needed', 'refresh_now', 'check_again', 'disconnect'] as const) {
      expect(decideRotation(justMinted, { mintIntervalMs: minute }, cause, now)).toEqual({
        kind: 'throttled',
        retryAt: at(40_000),
      })
    }
  })

  test('the back-off after a failure holds for programs and not for persons', () => {
    const failing = { ...healthy, failureCount: 2 }
    expect(decideRotation(failing, noCap, 'needed', now)).toMatchObject({
      kind: 'put_off',
      retryAt: at(minute),
      code: 'provider_unreachable',
    })
    expect(decideRotation(failing, noCap, 'refresh_now', now)).toEqual({ kind: 'refresh' })
    expect(decideRotation({ ...failing, nextAttemptAt: at(-1) }, noCap, 'needed', now)).toEqual({
      kind: 'refresh',
    })
  })

  test.each([
    ['pending', { lifecycle: 'pending' }, 'connection_pending'],
    ['refused', { lifecycle: 'refused' }, 'connection_ended'],
    ['disconnected', { lifecycle: 'disconnected' }, 'connection_ended'],
  ] as const)('a %s connection is never renewed', (_, change, code) => {
    for (const cause of ['due', 'needed', 'refresh_now', 'check_again', 'disconnect'] as const) {
      expect(decideRotation({ ...healthy, ...change }, noCap, cause, now)).toMatchObject({ code })
    }
  })

  test.each([
    ['suspended', { suspendedAt: at(0) }, 'connection_suspended'],
    ['dead', { needsReconnectAt: at(0) }, 'needs_reconnect'],
    ['uncertain', { uncertainAt: at(0) }, 'connection_uncertain'],
  ] as const)('a %s one is tried by "check again" only', (_, change, code) => {
    const facts = { ...healthy, ...change }
    expect(decideRotation(facts, noCap, 'needed', now)).toMatchObject({ kind: 'not_possible', code })
    expect(decideRotation(facts, noCap, 'refresh_now', now)).toMatchObject({ kind: 'not_possible', code })
    expect(decideRotation(facts, noCap, 'check_again', now)).toEqual({ kind: 'refresh' })
  })

  test('a grant that was refused once is not asked about before its time', () => {
    const refused = { ...healthy, failureCount: 1, nextAttemptAt: at(minute), verdictAt: at(minute) }
    expect(decideRotation(refused, noCap, 'needed', now)).toMatchObject({
      kind: 'put_off',
      code: 'provider_refused',
      retryAt: at(minute),
    })
    expect(decideRotation(refused, noCap, 'check_again', now)).toEqual({ kind: 'refresh' })
    expect(decideRotation(refused, noCap, 'due', now + minute)).toEqual({ kind: 'refresh' })
  })

  test('a suspended one is also tried when its time has come', () => {
    const suspended = { ...healthy, suspendedAt: at(0), failureCount: 1 }
    expect(decideRotation(suspended, noCap, 'due', now)).toMatchObject({ kind: 'put_off' })
    expect(decideRotation({ ...suspended, nextAttemptAt: at(-1) }, noCap, 'due', now)).toEqual({
      kind: 'refresh',
    })
  })
})

const causes = ['due', 'needed', 'webhook', 'refresh_now', 'check_again', 'disconnect'] as const

test('a held database renews nothing, whoever asks', () => {
  const held = {
    ...healthy,
    heldAt: at(-1),
    trouble: { id: 'trb_1', retryAt: at(-1) },
    hasRefreshToken: false,
  }
  for (const cause of causes) {
    expect(decideRotation(held, noCap, cause, now)).toMatchObject({ kind: 'put_off', code: 'rotations_held' })
  }
})

describe('while the provider is in trouble', () => {
  const facts = { ...healthy, trouble: { id: 'trb_1', retryAt: at(20_000) }, accessExpiresAt: at(5 * minute) }

  test('what can wait is put off, at most until it cannot', () => {
    const wait = { kind: 'put_off', code: 'provider_refused' }
    expect(decideRotation(facts, noCap, 'due', now)).toMatchObject({ ...wait, retryAt: at(30_000) })
    const longer = { ...facts, accessExpiresAt: at(7 * minute) }
    expect(decideRotation(longer, noCap, 'due', now)).toMatchObject({ ...wait, retryAt: at(2 * minute) })
    const longest = { ...facts, accessExpiresAt: null }
    expect(decideRotation(longest, noCap, 'due', now)).toMatchObject({ ...wait, retryAt: at(10 * minute) })
  })

  test('what cannot wait is tried with its ordinary back-off', () => {
    const ending = { ...facts, accessExpiresAt: at(5 * minute - 1) }
    expect(decideRotation(ending, noCap, 'due', now)).toEqual({ kind: 'refresh' })
    const failing = { ...ending, failureCount: 1, nextAttemptAt: at(minute) }
    expect(decideRotation(failing, noCap, 'due', now)).toMatchObject({
      kind: 'put_off',
      retryAt: at(minute),
      code: 'provider_unreachable',
    })
  })

  test('the first to come at its time is the probe, and the others wait', () => {
    const seen = at(0)
    const timely = { ...facts, trouble: { id: 'trb_1', retryAt: seen } }
    expect(decideRotation(timely, noCap, 'due', now)).toMatchObject({
      kind: 'probe',
      of: 'trouble',
      seen,
      method: { kind: 'refresh' },
      instead: { kind: 'put_off' },
    })
    const ending = { ...timely, accessExpiresAt: at(0) }
    expect(decideRotation(ending, noCap, 'due', now)).toMatchObject({
      kind: 'probe',
      instead: { kind: 'refresh' },
    })
  })

  test('a person is let through', () => {
    expect(decideRotation(facts, noCap, 'refresh_now', now)).toEqual({ kind: 'refresh' })
  })
})

describe('while the provider refuses the app', () => {
  const facts = { ...healthy, appFault: { retryAt: at(20_000) }, accessExpiresAt: at(-minute) }

  test('everything that nobody asked for is put off, even what cannot wait', () => {
    for (const cause of ['due', 'needed', 'webhook'] as const) {
      expect(decideRotation(facts, noCap, cause, now)).toMatchObject({
        kind: 'put_off',
        code: 'app_misconfigured',
      })
    }
    expect(decideRotation(facts, noCap, 'refresh_now', now)).toEqual({ kind: 'refresh' })
  })

  test.each([at(0), null])('one at a time tries its credentials', (retryAt) => {
    expect(decideRotation({ ...facts, appFault: { retryAt } }, noCap, 'due', now)).toMatchObject({
      kind: 'probe',
      of: 'app',
      seen: retryAt,
      method: { kind: 'refresh' },
      instead: { kind: 'put_off' },
    })
  })
})
