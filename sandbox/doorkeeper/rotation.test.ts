import { beforeEach, describe, expect, it } from 'vitest'
import { CLOCK_JUMPS } from '../kernel/clock'
import { type TestServer, type Tokens, testServer } from './test-server'

let server: TestServer
let first: Tokens
beforeEach(async () => {
  server = testServer()
  first = await server.connect()
})

const mode = (name: string, graceS?: number | null) =>
  server.doorkeeper.actions['rotation-mode']?.run(
    graceS === undefined ? { mode: name } : { mode: name, graceS },
  )
const refused = async (refreshToken: string) => {
  const answer = await server.refresh(refreshToken)
  return [answer.status, ((await answer.json()) as { error?: string }).error]
}
const dead = [400, 'invalid_grant']

describe('revoked on first use', () => {
  it('A1 works until A2 is used', async () => {
    const second = await server.trade(first.refresh_token)
    expect(await server.use(first.access_token)).toBe(200)
    expect(await server.use(second.access_token)).toBe(200)
    expect(await server.use(first.access_token)).toBe(401)
  })

  it('R1 again before A2 is used gives another pair, and R2 stays good', async () => {
    const second = await server.trade(first.refresh_token)
    const third = await server.trade(first.refresh_token)
    expect(third.refresh_token).not.toBe(second.refresh_token)
    await server.trade(second.refresh_token)
  })

  it.each(['a bearer request', 'token/info'])('R1 and A1 die with the first use of A2 by %s', async (how) => {
    const second = await server.trade(first.refresh_token)
    if (how === 'token/info') await server.info(second.access_token)
    else await server.use(second.access_token)
    expect(await refused(first.refresh_token)).toEqual(dead)
    expect(await server.use(first.access_token)).toBe(401)
  })

  it('R2, A3 and R3 live on after R1 was used twice: a family is not revoked', async () => {
    const second = await server.trade(first.refresh_token)
    const third = await server.trade(first.refresh_token)
    expect(await server.use(third.access_token)).toBe(200)
    expect(await refused(first.refresh_token)).toEqual(dead)
    await server.trade(second.refresh_token)
    await server.trade(third.refresh_token)
  })

  it('eight refreshes at once all succeed, and nine pairs live', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => server.refresh(first.refresh_token)))
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200))
    expect(server.doorkeeper.overview().livePairs).toBe(9)
  })

  it('only a direct successor ends a token: R1 to R3, A3 used, and R1 still works', async () => {
    const second = await server.trade(first.refresh_token)
    const third = await server.trade(second.refresh_token)
    await server.use(third.access_token)
    expect(await refused(second.refresh_token)).toEqual(dead)
    await server.trade(first.refresh_token)
  })

  it('a token that has expired still ends its predecessor when it is shown', async () => {
    const second = await server.trade(first.refresh_token)
    server.context.clock.advance(CLOCK_JUMPS['2h'])
    expect(await server.use(second.access_token)).toBe(401)
    expect(await refused(first.refresh_token)).toEqual(dead)
  })
})

describe('revoked at once', () => {
  beforeEach(() => mode('immediate'))

  it('A1 and R1 die with the refresh, and R2 stays good', async () => {
    const second = await server.trade(first.refresh_token)
    expect(await server.use(first.access_token)).toBe(401)
    expect(await refused(first.refresh_token)).toEqual(dead)
    await server.trade(second.refresh_token)
  })

  it('A1 is said to have been revoked', async () => {
    await server.trade(first.refresh_token)
    const answer = await server.app.request('/api/users', {
      headers: { authorization: `Bearer ${first.access_token}` },
    })
    expect(answer.headers.get('www-authenticate')).toContain('The access token was revoked')
  })

  it('of eight refreshes at once one succeeds, and its pair lives', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => server.refresh(first.refresh_token)))
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([200, 400, 400, 400, 400, 400, 400, 400])
    const winner = answers.find(({ status }) => status === 200)
    const tokens = (await winner?.json()) as Tokens
    expect(await server.use(tokens.access_token)).toBe(200)
    await server.trade(tokens.refresh_token)
  })

  it('R1 to R3: R1 and R2 are dead', async () => {
    const second = await server.trade(first.refresh_token)
    await server.trade(second.refresh_token)
    expect(await refused(first.refresh_token)).toEqual(dead)
    expect(await refused(second.refresh_token)).toEqual(dead)
  })
})

describe('with a time of grace', () => {
  it('R1 works until the time is over, and A1 to its own end', async () => {
    await mode('grace', 60)
    const second = await server.trade(first.refresh_token)
    await server.use(second.access_token)
    await server.trade(first.refresh_token)
    server.context.clock.advance(60_000)
    expect(await refused(first.refresh_token)).toEqual(dead)
    expect(await server.use(first.access_token)).toBe(200)
    await server.trade(second.refresh_token)
  })

  it('can last to the end of the token itself', async () => {
    await mode('grace', null)
    await server.trade(first.refresh_token)
    server.context.clock.advance(CLOCK_JUMPS['30d'])
    await server.trade(first.refresh_token)
  })
})

describe('a refresh', () => {
  it('may narrow the scope, and then the new refresh token is narrow for ever', async () => {
    const narrow = (await (
      await server.refresh(first.refresh_token, { scope: 'users.read' })
    ).json()) as Tokens
    expect(narrow.scope).toBe('users.read')
    const wide = await server.refresh(narrow.refresh_token, { scope: 'users.read prospects.read' })
    expect([wide.status, ((await wide.json()) as { error: string }).error]).toEqual([400, 'invalid_scope'])
    expect((await server.trade(narrow.refresh_token)).scope).toBe('users.read')
  })

  it('keeps the scopes when it asks for none', async () => {
    expect((await server.trade(first.refresh_token)).scope).toBe('users.read prospects.read')
  })

  it('is for the client that got the token', async () => {
    const other = await server.refresh(first.refresh_token, { client_id: 'app-2', client_secret: 'another' })
    expect([other.status, ((await other.json()) as { error: string }).error]).toEqual(dead)
  })

  it('is refused after the refresh token itself has ended, where it has an end', async () => {
    server = testServer({ refreshTtlS: 14 * 86_400 })
    first = await server.connect()
    server.context.clock.advance(CLOCK_JUMPS['7d'])
    const second = await server.trade(first.refresh_token)
    server.context.clock.advance(CLOCK_JUMPS['7d'])
    expect(await refused(first.refresh_token)).toEqual(dead)
    await server.trade(second.refresh_token)
  })

  it('beyond the limit of live refresh tokens drops the oldest', async () => {
    server = testServer({ refreshTokensMax: 3 })
    first = await server.connect()
    const others = []
    for (let n = 0; n < 3; n += 1) others.push(await server.connect())
    expect(await refused(first.refresh_token)).toEqual(dead)
    for (const { refresh_token } of others) await server.trade(refresh_token)
  })

  it('of an app of the older kind answers no refresh token, and the one it has stays', async () => {
    const old = { client_id: 'app-old' }
    const code = await server.code(old)
    const tokens = (await (await server.exchange(code, old)).json()) as Tokens
    for (let n = 0; n < 3; n += 1) {
      const answer = await server.refresh(tokens.refresh_token, old)
      const next = (await answer.json()) as Record<string, string>
      expect(Object.keys(next)).not.toContain('refresh_token')
      expect(await server.use(next.access_token ?? '')).toBe(200)
    }
  })

  it('can be refused before anything is spent', async () => {
    let open = true
    server = testServer({ refuseMint: () => (open ? null : new Response('Retry later\n', { status: 429 })) })
    await mode('immediate')
    first = await server.connect()
    open = false
    expect((await server.refresh(first.refresh_token)).status).toBe(429)
    open = true
    await server.trade(first.refresh_token)
  })
})
