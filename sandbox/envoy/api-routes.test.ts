import { beforeEach, describe, expect, it } from 'vitest'
import { startTestApp, startTestEnvoy, TestBrowser, type TestEnvoy } from './test-envoy'

const OAUTH = 'sandbox-envoy-oauth'
const PLUGIN = 'sandbox-envoy-plugin'
let test: TestEnvoy

beforeEach(() => {
  test = startTestEnvoy()
})

type Tokens = { readonly access: string; readonly refresh: string }

async function read(answer: Response): Promise<Tokens> {
  expect(answer.status).toBe(200)
  const body: { access_token: string; refresh_token: string } = await answer.json()
  return { access: body.access_token, refresh: body.refresh_token }
}

async function connect(scope: string): Promise<Tokens> {
  const browser = new TestBrowser(test.envoy)
  await browser.signIn('7001')
  const query = new URLSearchParams({ response_type: 'code', client_id: OAUTH, scope })
  const answer = await browser.post(`/a/auth/v0/authorize?${query}`, { decision: 'allow' })
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code')
  return read(await test.token(OAUTH, { grant_type: 'authorization_code', code }))
}

async function refresh(tokens: Tokens): Promise<Tokens> {
  return read(await test.token(OAUTH, { grant_type: 'refresh_token', refresh_token: tokens.refresh }))
}

async function call(path: string, token: string): Promise<Response> {
  return test.envoy.app.request(path, { headers: { authorization: `Bearer ${token}` } })
}

const ALL = 'locations.read companies.read employees.read profile token.refresh'

describe('the API', () => {
  it('lists what the company of the token has, as data beside meta', async () => {
    const { access } = await connect(ALL)
    expect(await (await call('/v1/companies', access)).json()).toEqual({
      data: [{ id: '100000', name: 'Harbor & Pine', createdAt: '2021-03-01T09:00:00.000Z' }],
      meta: { page: 1, perPage: 10, total: 1 },
    })
    const locations = await call('/v1/locations?perPage=1&page=2', access)
    expect(await locations.json()).toMatchObject({
      data: [{ id: '20012', name: 'Boise Workshop' }],
      meta: { page: 2, perPage: 1, total: 2 },
    })
  })

  it("gives one record, and 404 for another company's", async () => {
    const { access } = await connect(ALL)
    expect(await (await call('/v1/locations/20011', access)).json()).toMatchObject({
      data: { name: 'Portland HQ' },
    })
    expect((await call('/v1/locations/20031', access)).status).toBe(404)
    expect((await call('/v1/nothing', access)).status).toBe(404)
  })

  it('tells who the token acts for', async () => {
    const { access } = await connect(ALL)
    expect(await (await call('/api/v2/users/me', access)).json()).toEqual({
      data: {
        id: '7001',
        type: 'users',
        attributes: { name: 'Dana Whitfield', email: 'dana@harborpine.example' },
      },
    })
  })

  it('refuses a paging parameter that makes no sense', async () => {
    const { access } = await connect(ALL)
    expect((await call('/v1/locations?perPage=0', access)).status).toBe(400)
  })

  it('answers 403 without the scope: the token is alive', async () => {
    const { access } = await connect('locations.read token.refresh')
    const answers = await Promise.all(
      ['/v1/companies', '/api/v2/users/me', '/v1/locations'].map((path) => call(path, access)),
    )
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 200])
  })

  it('answers 403 to a token of the plugin itself, which has no company', async () => {
    const grant = { grant_type: 'client_credentials', scope: 'plugin' }
    const { access } = await read(await test.token(PLUGIN, grant))
    expect((await call('/v1/companies', access)).status).toBe(403)
  })

  it('answers 401 to no token, a wrong one, a refresh token, and one in the query', async () => {
    const { access, refresh: refreshToken } = await connect(ALL)
    expect((await test.envoy.app.request('/v1/locations')).status).toBe(401)
    expect((await test.envoy.app.request(`/v1/locations?access_token=${access}`)).status).toBe(401)
    expect((await call('/v1/locations', 'wrong')).status).toBe(401)
    expect((await call('/v1/locations', refreshToken)).status).toBe(401)
  })

  it('answers 401 from the 24th hour on, while the refresh token goes on', async () => {
    const tokens = await connect(ALL)
    test.context.clock.advance(86_400_000 - 1)
    expect((await call('/v1/locations', tokens.access)).status).toBe(200)
    test.context.clock.advance(1)
    expect((await call('/v1/locations', tokens.access)).status).toBe(401)
    expect((await call('/v1/locations', (await refresh(tokens)).access)).status).toBe(200)
  })

  it('ends the earlier refresh token at the first API call of the new pair, when told so', async () => {
    await test.act('rotation-mode', { mode: 'first_use' })
    const first = await connect(ALL)
    const second = await refresh(first)
    const third = await refresh(first)
    await call('/v1/locations', second.access)
    const again = await test.token(OAUTH, { grant_type: 'refresh_token', refresh_token: first.refresh })
    expect(again.status).toBe(404)
    expect((await call('/v1/locations', third.access)).status).toBe(200)
  })

  it('answers 429 without a number beyond the limit that was set, until the window ends', async () => {
    await test.act('rate-limit', { limit: 2, windowS: 60 })
    const { access } = await connect(ALL)
    const answers = await Promise.all([1, 2, 3].map(() => call('/v1/locations', access)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429])
    expect([...(answers[2]?.headers.keys() ?? [])].filter((name) => /retry|rate/.test(name))).toEqual([])
    test.context.clock.advance(60_000)
    expect((await call('/v1/locations', access)).status).toBe(200)
  })

  it('adds Retry-After only when told to, and drops the limit again', async () => {
    await test.act('rate-limit', { limit: 1, windowS: 60, retryAfter: true })
    const { access } = await connect(ALL)
    await call('/v1/locations', access)
    expect((await call('/v1/locations', access)).headers.get('retry-after')).toBe('60')
    await test.act('rate-limit', { limit: null })
    expect((await call('/v1/locations', access)).status).toBe(200)
  })

  it('answer-429 hits one API call, without numbers', async () => {
    const { access } = await connect(ALL)
    await test.act('answer-429')
    const answer = await call('/v1/locations', access)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, null])
    expect((await call('/v1/locations', access)).status).toBe(200)
  })
})

describe('tokens of an install', () => {
  it('see the company, by the pair that the install was exchanged for', async () => {
    const app = await startTestApp()
    try {
      test = startTestEnvoy({ appUrl: app.url })
      await test.act('install')
      const exchange = { grant_type: 'plugin_install', install_id: 1_000_000 }
      const { access } = await read(await test.token(PLUGIN, exchange))
      expect(await (await call('/v1/companies', access)).json()).toMatchObject({ data: [{ id: '100000' }] })
      expect((await call('/api/v2/users/me', access)).status).toBe(403)
    } finally {
      await app.close()
    }
  })
})
