import { describe, expect, test } from 'vitest'
import { dropFlowCookieHeader, flowCookieHeader } from './flow-cookie'
import { finishPath, refusedPath, startLocation } from './flow-paths'

const clearCookie = null

describe('where a flow leads', () => {
  test.each([
    [
      { kind: 'connected', connectionId: 'con_1', flowId: 'flw_1', isNew: true, clearCookie },
      '/connections/con_1',
    ],
    [{ kind: 'ended', flowId: 'flw_1', code: 'consent_denied', words: '', clearCookie }, '/connect/flw_1'],
    [
      { kind: 'other_account', flowId: 'flw_1', pendingId: 'con_2', connectionId: 'con_1', clearCookie },
      '/connect/flw_1',
    ],
    [{ kind: 'refused', code: 'state_used', words: '', clearCookie }, '/connect/refused?why=state_used'],
    [
      { kind: 'sign_in', flowId: 'flw_1', clearCookie },
      '/sign-in?next=%2Fapi%2Fcallback%2Foutreach%3Fflow%3Dflw_1',
    ],
  ] as const)('%j', (outcome, path) => {
    expect(finishPath('outreach', outcome)).toBe(path)
  })

  test('an install begins at the provider’s page where there is one', () => {
    const installUrl = new URL('https://dashboard.envoy.com/apps/1')
    expect(startLocation({ kind: 'wait', flowId: 'flw_1', installUrl })).toBe(installUrl.href)
    expect(startLocation({ kind: 'wait', flowId: 'flw_1', installUrl: null })).toBe('/connect/flw_1')
  })

  test('a code in the query is only ever a code', () => {
    expect(refusedPath('a&b=c')).toBe('/connect/refused?why=a%26b%3Dc')
  })
})

describe('the flow’s cookie', () => {
  test('is for the server alone and comes back from the provider', () => {
    expect(flowCookieHeader({ name: 'patchbay-flow-flw_1', value: 'v', maxAgeS: 600 })).toBe(
      'patchbay-flow-flw_1=v; Path=/; Max-Age=600; HttpOnly; SameSite=Lax',
    )
    expect(flowCookieHeader({ name: '__Host-patchbay-flow-flw_1', value: 'v', maxAgeS: 600 })).toContain(
      '; Secure',
    )
  })

  test('is dropped by the same name and path', () => {
    expect(dropFlowCookieHeader('__Host-patchbay-flow-flw_1')).toBe(
      '__Host-patchbay-flow-flw_1=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure',
    )
  })
})
