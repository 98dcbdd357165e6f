import { beforeEach, describe, expect, it } from 'vitest'
import { CLOCK_JUMPS } from '../kernel/clock'
import { OTHER_CLIENT, TEST_CLIENT, type TestServer, type Tokens, testServer } from './test-server'

let server: TestServer
let first: Tokens
beforeEach(async () => {
  server = testServer()
  first = await server.connect()
})

const credentials = { client_id: TEST_CLIENT.clientId, client_secret: TEST_CLIENT.secret }
const revoke = (token: string, more: Record<string, string> = credentials) =>
  server.revoke({ token, ...more })

describe('/oauth/revoke', () => {
  it.each(['access_token', 'refresh_token'] as const)('given the %s kills both halves', async (half) => {
    const answer = await revoke(first[half], { ...credentials, token_type_hint: half })
    expect([answer.status, await answer.json()]).toEqual([200, {}])
    expect(await server.use(first.access_token)).toBe(401)
    expect((await server.refresh(first.refresh_token)).status).toBe(400)
  })

  it('answers 200 {} to an unknown token and to none', async () => {
    expect([(await revoke('unknown')).status, (await server.revoke(credentials)).status]).toEqual([200, 200])
  })

  it('refuses a missing, a wrong and a foreign client, and the pair lives', async () => {
    for (const who of [
      {},
      { ...credentials, client_secret: 'x' },
      { client_id: OTHER_CLIENT.clientId, client_secret: OTHER_CLIENT.secret },
    ]) {
      const answer = await revoke(first.refresh_token, who)
      expect([answer.status, await answer.json()]).toEqual([
        403,
        { error: 'unauthorized_client', error_description: 'You are not authorized to revoke this token' },
      ])
    }
    expect(await server.use(first.access_token)).toBe(200)
  })

  it('takes HTTP Basic, and refuses it beside credentials in the body', async () => {
    const header = { authorization: `Basic ${btoa(`${TEST_CLIENT.clientId}:${TEST_CLIENT.secret}`)}` }
    expect((await server.revoke({ token: first.access_token, ...credentials }, header)).status).toBe(400)
    expect((await server.revoke({ token: first.access_token }, header)).status).toBe(200)
    expect(await server.use(first.access_token)).toBe(401)
  })

  it('does not revoke a pair whose access token has expired, though it answers 200 {}', async () => {
    server.context.clock.advance(CLOCK_JUMPS['2h'])
    const answer = await revoke(first.refresh_token)
    expect([answer.status, await answer.json()]).toEqual([200, {}])
    await server.trade(first.refresh_token)
  })

  it('of R2 before A2 was used leaves A1 and R1 alive', async () => {
    const second = await server.trade(first.refresh_token)
    await revoke(second.refresh_token)
    expect(await server.use(first.access_token)).toBe(200)
    await server.trade(first.refresh_token)
  })

  it('of R2 after A2 was used leaves nothing', async () => {
    const second = await server.trade(first.refresh_token)
    await server.use(second.access_token)
    await revoke(second.refresh_token)
    expect(await server.use(first.access_token)).toBe(401)
    expect((await server.refresh(first.refresh_token)).status).toBe(400)
    expect((await server.refresh(second.refresh_token)).status).toBe(400)
  })
})
