import { describe, expect, test } from 'vitest'
import { chooseScopes } from './choose-scopes'

const outreach = { required: true, always: [] }
const envoy = { required: false, always: ['token.refresh'] }
const outstand = { required: false, always: [] }
const appScopes = ['users.read', 'prospects.read', 'prospects.write']

describe('the scopes that a flow asks for', () => {
  test('are all of the app’s when nothing was picked', () => {
    expect(chooseScopes({ catalogue: outreach, appScopes, picked: null, before: null })).toEqual(appScopes)
  })

  test('are what was left ticked', () => {
    expect(chooseScopes({ catalogue: outreach, appScopes, picked: ['users.read'], before: null })).toEqual([
      'users.read',
    ])
  })

  test('are what the connection had before, on a reconnect, less what the app has lost', () => {
    const before = ['users.read', 'accounts.read']
    expect(chooseScopes({ catalogue: outreach, appScopes, picked: null, before })).toEqual(['users.read'])
  })

  test('are never those of another grant of the same app', () => {
    const catalogue = { ...outstand, never: ['provision_users'] }
    const both = { catalogue, appScopes: ['read', 'provision_users'], before: null }
    expect(chooseScopes({ ...both, picked: null })).toEqual(['read'])
    expect(() => chooseScopes({ ...both, picked: ['provision_users'] })).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
  })

  test('are never outside the app’s set', () => {
    expect(() =>
      chooseScopes({ catalogue: outreach, appScopes, picked: ['orgSettings.all'], before: null }),
    ).toThrow(expect.objectContaining({ code: 'invalid_input' }))
  })

  test('are never empty where the provider refuses that', () => {
    expect(() => chooseScopes({ catalogue: outreach, appScopes, picked: [], before: null })).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
    expect(() => chooseScopes({ catalogue: outreach, appScopes: [], picked: null, before: null })).toThrow(
      expect.objectContaining({ code: 'provider_app_incomplete' }),
    )
  })

  test('always include what the provider needs for a refresh token', () => {
    expect(
      chooseScopes({ catalogue: envoy, appScopes: ['locations.read'], picked: [], before: null }),
    ).toEqual(['token.refresh'])
    expect(
      chooseScopes({
        catalogue: envoy,
        appScopes: ['locations.read', 'token.refresh'],
        picked: null,
        before: null,
      }),
    ).toEqual(['locations.read', 'token.refresh'])
  })

  test('may be none where none are configured', () => {
    expect(chooseScopes({ catalogue: outstand, appScopes: [], picked: null, before: null })).toEqual([])
  })
})
