import { beforeEach, describe, expect, it } from 'vitest'
import { MIRA, startOutreach } from '../test-outreach'

let t: ReturnType<typeof startOutreach>
beforeEach(() => {
  t = startOutreach()
})
const legacy = () => t.appOf('sandbox-outreach-legacy')
const prod = () => t.appOf('sandbox-outreach-prod')

describe('the app of the older kind (seed 002)', () => {
  it('answers expires and no expires_in, created_at or scope', async () => {
    const answer = await t.exchange(legacy(), await t.codeOf(legacy(), MIRA, { scope: 'read_prospect' }))
    expect(await answer.json()).toEqual({
      access_token: expect.any(String),
      token_type: 'bearer',
      refresh_token: expect.any(String),
      expires: 7_200,
    })
  })

  it('answers a refresh without a refresh token, and the old one stays good', async () => {
    const { refresh_token } = await t.connect(legacy(), MIRA)
    for (const _ of ['first', 'second', 'third']) {
      const answer = await t.refreshLater(legacy(), refresh_token)
      expect(Object.keys(await answer.json())).toEqual(['access_token', 'token_type', 'expires'])
    }
  })

  it('has scopes of its own, which open the collections they stand for', async () => {
    expect(legacy().scopes).toHaveLength(6)
    const { access_token } = await t.connect(legacy(), MIRA, { scope: 'read_prospect' })
    expect((await t.api(access_token, '/api/v2/prospects')).status).toBe(200)
    expect((await t.api(access_token, '/api/v2/sequences')).status).toBe(403)
    expect((await (await t.api(access_token)).json()).meta.scopes).toEqual(['read_prospect'])
  })
})

describe('revocation', () => {
  const revoke = (token: string | undefined, changes: Record<string, string> = {}) =>
    t.server.request('/oauth/revoke', {
      method: 'POST',
      body: new URLSearchParams({ ...t.credentials(prod()), token: token ?? '', ...changes }),
    })

  it('has no endpoint, as far as the documents say', async () => {
    const { refresh_token, access_token } = await t.connect(prod(), MIRA)
    const answer = await revoke(refresh_token)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toEqual({ error: '404', description: 'route not found' })
    expect((await t.api(access_token)).status).toBe(200)
  })

  it('can have one, as a stock Doorkeeper has', async () => {
    await t.run('settings', { revokeEndpoint: true })
    const { refresh_token, access_token } = await t.connect(prod(), MIRA)
    expect((await revoke(refresh_token, { client_secret: 'x' })).status).toBe(403)
    expect((await revoke('unknown')).status).toBe(200)
    expect((await t.api(access_token)).status).toBe(200)
    expect((await revoke(refresh_token)).status).toBe(200)
    expect((await t.api(access_token)).status).toBe(401)
  })

  it('by the customer ends the API at once, and the refresh', async () => {
    const { refresh_token, access_token } = await t.connect(prod(), MIRA)
    expect(await t.run('revoke', { app: 'sandbox-outreach-prod', person: MIRA })).toEqual({ pairs: 1 })
    expect((await t.api(access_token)).status).toBe(401)
    expect((await t.refreshLater(prod(), refresh_token)).status).toBe(400)
  })
})

describe('live tokens', () => {
  it('can be made to expire', async () => {
    const { refresh_token, access_token } = await t.connect(prod(), MIRA)
    await t.run('expire', { person: MIRA, what: 'access' })
    expect((await (await t.api(access_token)).json()).error).toBe('Expired JWT token.')
    expect((await t.refreshLater(prod(), refresh_token)).status).toBe(200)
  })

  it('can lose scopes, and so do their successors', async () => {
    const { refresh_token, access_token } = await t.connect(prod(), MIRA)
    await t.run('cut-scopes', { scopes: 'accounts.read' })
    expect((await t.api(access_token, '/api/v2/accounts')).status).toBe(403)
    const { scope } = await t.read(await t.refreshLater(prod(), refresh_token))
    expect(scope?.split(' ')).not.toContain('accounts.read')
    expect(scope?.split(' ')).toContain('users.read')
  })

  it('cannot be looked at: there is no introspection', async () => {
    const { access_token } = await t.connect(prod(), MIRA)
    expect((await t.api(access_token, '/oauth/token/info')).status).toBe(404)
  })
})
