import { describe, expect, it } from 'vitest'
import { type AppFacts, appReadiness, isReady } from './app-readiness'

const blank: AppFacts = {
  provider: 'outreach',
  grants: ['oauth_code'],
  clientId: null,
  hasClientSecret: false,
  scopes: [],
  s2sGuid: null,
  hasPrivateKey: false,
  installUrl: null,
  hasWebhookSecret: false,
}

function only(facts: Partial<AppFacts>) {
  const [first, second] = appReadiness({ ...blank, ...facts })
  if (!first || second) throw new Error('one grant was meant')
  const at = (state: string) => first.steps.filter((step) => step.state === state).map((step) => step.key)
  return { ...first, next: at('next'), done: at('done'), later: at('later'), optional: at('optional') }
}

describe('a draft of an S2S app', () => {
  const s2s = { grants: ['s2s'] as const }

  it('goes key pair, public key there, GUID back, one at a time', () => {
    expect(only(s2s)).toMatchObject({
      next: ['key_pair'],
      later: ['give_public_key', 'bring_guid'],
      optional: ['bring_webhook_secret', 'bring_install_link'],
      missing: ['the private key', 'the S2S GUID'],
      ready: false,
    })
    expect(only({ ...s2s, hasPrivateKey: true })).toMatchObject({
      next: ['give_public_key'],
      later: ['bring_guid'],
      missing: ['the S2S GUID'],
    })
    expect(only({ ...s2s, hasPrivateKey: true, s2sGuid: 'g' })).toMatchObject({
      next: [],
      missing: [],
      ready: true,
      optional: ['bring_webhook_secret', 'bring_install_link'],
    })
  })

  it('asks for the key even where the GUID came first', () => {
    expect(only({ ...s2s, s2sGuid: 'g' })).toMatchObject({ next: ['key_pair'], later: ['give_public_key'] })
  })
})

describe('a draft of an OAuth app', () => {
  const credentials = { clientId: 'c', hasClientSecret: true }

  it('of Outreach is not ready without a scope', () => {
    expect(only(credentials)).toMatchObject({ next: ['choose_scopes'], missing: ['scopes'], ready: false })
    expect(only({ ...credentials, scopes: ['users.read'] }).ready).toBe(true)
  })

  it('of Outstand is ready without one', () => {
    expect(only({ ...credentials, provider: 'outstand' })).toMatchObject({
      ready: true,
      optional: ['choose_scopes'],
    })
  })

  it('begins with the redirect URI, and names what is missing', () => {
    expect(only({ provider: 'envoy', clientId: 'c' })).toMatchObject({
      next: ['give_redirect'],
      missing: ['the client secret'],
    })
  })
})

it('a plugin needs client id and secret, an application no redirect', () => {
  expect(only({ provider: 'envoy', grants: ['plugin_install'] }).missing).toEqual([
    'the client id',
    'the client secret',
  ])
  const application = only({
    provider: 'outstand',
    grants: ['client_credentials'],
    clientId: 'c',
    hasClientSecret: true,
  })
  expect(application).toMatchObject({ ready: true, done: ['bring_client_id', 'bring_client_secret'] })
})

it('an app of two grants is usable once one of them is ready', () => {
  const readiness = appReadiness({
    ...blank,
    grants: ['oauth_code', 's2s'],
    hasPrivateKey: true,
    s2sGuid: 'g',
  })
  expect(readiness.map(({ ready }) => ready)).toEqual([false, true])
  expect(isReady(readiness)).toBe(true)
  expect(isReady(appReadiness(blank))).toBe(false)
})
