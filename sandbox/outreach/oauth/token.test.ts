import { decodeJwt } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import { MIRA, startOutreach } from '../test-outreach'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
let t: ReturnType<typeof startOutreach>
beforeEach(() => {
  t = startOutreach()
})
const prod = () => t.appOf('sandbox-outreach-prod')
const errorOf = async (answer: Response) => [answer.status, (await answer.json()).error]

describe('a code', () => {
  it('is exchanged for what seed 001 shows', async () => {
    const answer = await t.exchange(prod(), await t.codeOf(prod(), MIRA, { scope: 'users.read' }))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toContain('no-store')
    expect(await answer.json()).toEqual({
      access_token: expect.stringMatching(/^eyJhbGc[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: 'Bearer',
      expires_in: 7_200,
      refresh_token: expect.stringMatching(/^[\w-]{43}$/),
      scope: 'users.read',
      created_at: t.context.clock.nowS(),
    })
  })

  it('may be exchanged with a JSON body', async () => {
    const body = JSON.stringify({
      ...t.credentials(prod()),
      grant_type: 'authorization_code',
      redirect_uri: t.context.callbackUrl,
      code: await t.codeOf(prod(), MIRA),
    })
    const headers = { 'content-type': 'application/json' }
    expect((await t.server.request('/oauth/token', { method: 'POST', headers, body })).status).toBe(200)
  })

  it('is good once', async () => {
    const code = await t.codeOf(prod(), MIRA)
    expect((await t.exchange(prod(), code)).status).toBe(200)
    expect(await errorOf(await t.exchange(prod(), code))).toEqual([400, 'invalid_grant'])
  })

  it('is good for ten minutes', async () => {
    const code = await t.codeOf(prod(), MIRA)
    t.context.clock.advance(10 * MINUTE_MS)
    expect(await errorOf(await t.exchange(prod(), code))).toEqual([400, 'invalid_grant'])
  })

  it('is refused to another app, another redirect URI, and a wrong secret', async () => {
    const code = await t.codeOf(prod(), MIRA)
    const dev = t.appOf('sandbox-outreach-dev')
    expect(await errorOf(await t.exchange(dev, code))).toEqual([400, 'invalid_grant'])
    const elsewhere = { redirect_uri: 'http://patchbay.test/other' }
    expect(await errorOf(await t.exchange(prod(), code, elsewhere))).toEqual([400, 'invalid_grant'])
    expect(await errorOf(await t.exchange(prod(), code, { client_secret: 'x' }))).toEqual([
      401,
      'invalid_client',
    ])
    expect((await t.exchange(prod(), code)).status).toBe(200)
  })

  it('is refused to a secret that was put into the form without encoding', async () => {
    const code = await t.codeOf(prod(), MIRA)
    const { client_id, client_secret } = t.credentials(prod())
    const body = `client_id=${client_id}&client_secret=${client_secret}&grant_type=authorization_code&code=${code}&redirect_uri=${t.context.callbackUrl}`
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await t.server.request('/oauth/token', { method: 'POST', headers, body })
    expect(await errorOf(answer)).toEqual([401, 'invalid_client'])
  })
})

describe('an access token', () => {
  it('is a JWT that names user and app, and each one differs', async () => {
    const { access_token, refresh_token } = await t.connect(prod(), MIRA)
    expect(decodeJwt(access_token)).toMatchObject({ sub: MIRA, aud: prod().clientId, org_user_id: 1001 })
    const next = await t.read(await t.refreshLater(prod(), refresh_token))
    expect(next.access_token).not.toBe(access_token)
  })

  it('opens the API for two hours, with its own scopes', async () => {
    const { access_token } = await t.connect(prod(), MIRA, { scope: 'users.read' })
    expect((await (await t.api(access_token)).json()).meta).toMatchObject({
      scopes: ['users.read'],
      user: { email: MIRA },
      application: { name: 'Patchbay' },
    })
    expect((await t.api(access_token, '/api/v2/accounts')).status).toBe(403)
    t.context.clock.advance(2 * HOUR_MS)
    const expired = await t.api(access_token)
    expect(expired.status).toBe(401)
    expect((await expired.json()).error).toBe('Expired JWT token.')
  })

  it('opens nothing as a query parameter', async () => {
    const { access_token } = await t.connect(prod(), MIRA)
    expect((await t.server.request(`/api/v2?access_token=${access_token}`)).status).toBe(401)
  })
})

describe('a refresh', () => {
  it('gives a new pair, and the new refresh token has fourteen days of its own', async () => {
    const first = await t.connect(prod(), MIRA)
    t.context.clock.advance(13 * DAY_MS)
    const second = await t.read(await t.refresh(prod(), first.refresh_token))
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect(second.scope).toBe(first.scope)
    t.context.clock.advance(13 * DAY_MS)
    const third = await t.read(await t.refresh(prod(), second.refresh_token))
    t.context.clock.advance(14 * DAY_MS)
    expect(await errorOf(await t.refresh(prod(), third.refresh_token))).toEqual([400, 'invalid_grant'])
  })

  it('is refused with an unknown token, a wrong secret, and another app', async () => {
    const { refresh_token } = await t.connect(prod(), MIRA)
    t.context.clock.advance(MINUTE_MS)
    expect(await errorOf(await t.refresh(prod(), 'x'))).toEqual([400, 'invalid_grant'])
    expect(await errorOf(await t.refresh(prod(), refresh_token, { client_secret: 'x' }))).toEqual([
      401,
      'invalid_client',
    ])
    const dev = t.appOf('sandbox-outreach-dev')
    expect(await errorOf(await t.refresh(dev, refresh_token))).toEqual([400, 'invalid_grant'])
    expect(await errorOf(await t.post({ ...t.credentials(prod()), grant_type: 'refresh_token' }))).toEqual([
      400,
      'invalid_request',
    ])
  })

  it('ends the old pair when the new token is first used: the usual mode', async () => {
    const first = await t.connect(prod(), MIRA)
    const second = await t.read(await t.refreshLater(prod(), first.refresh_token))
    expect((await t.api(first.access_token)).status).toBe(200)
    expect((await t.refreshLater(prod(), first.refresh_token)).status).toBe(200)
    await t.api(second.access_token)
    const revoked = await t.api(first.access_token)
    expect([revoked.status, (await revoked.json()).error]).toEqual([401, 'Revoked JWT token.'])
    expect(await errorOf(await t.refreshLater(prod(), first.refresh_token))).toEqual([400, 'invalid_grant'])
  })

  it('ends the old pair at once in mode immediate', async () => {
    await t.run('rotation-mode', { mode: 'immediate' })
    const first = await t.connect(prod(), MIRA)
    await t.refreshLater(prod(), first.refresh_token)
    expect((await t.api(first.access_token)).status).toBe(401)
    expect(await errorOf(await t.refreshLater(prod(), first.refresh_token))).toEqual([400, 'invalid_grant'])
  })

  it('leaves the old refresh token some time in mode grace, whatever is used', async () => {
    await t.run('rotation-mode', { mode: 'grace', graceS: 300 })
    const first = await t.connect(prod(), MIRA)
    const second = await t.read(await t.refreshLater(prod(), first.refresh_token))
    await t.api(second.access_token)
    expect((await t.refreshLater(prod(), first.refresh_token)).status).toBe(200)
    t.context.clock.advance(5 * MINUTE_MS)
    expect(await errorOf(await t.refresh(prod(), first.refresh_token))).toEqual([400, 'invalid_grant'])
  })
})
