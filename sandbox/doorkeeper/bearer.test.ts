import { beforeEach, describe, expect, it } from 'vitest'
import { CLOCK_JUMPS } from '../kernel/clock'
import { type TestServer, type Tokens, testServer } from './test-server'

let server: TestServer
let first: Tokens
beforeEach(async () => {
  server = testServer()
  first = await server.connect()
})

const call = (authorization: string, path = '/api/users') =>
  server.app.request(path, authorization === '' ? {} : { headers: { authorization } })
const said = async (answer: Response) => [
  answer.status,
  await answer.text(),
  /error_description="([^"]*)"/.exec(answer.headers.get('www-authenticate') ?? '')?.[1],
]

describe('token/info', () => {
  it('tells owner, scopes as a list, seconds left, app and birth', async () => {
    server.context.clock.advance(1_000)
    const answer = await server.info(first.access_token)
    expect([answer.status, await answer.json()]).toEqual([
      200,
      {
        resource_owner_id: 1,
        scope: ['users.read', 'prospects.read'],
        expires_in: 7199,
        application: { uid: 'app-1' },
        created_at: server.context.clock.nowS() - 1,
      },
    ])
  })

  it('says the same of no token, a bad, an expired and a revoked one', async () => {
    const revoked = await server.connect()
    await server.revoke({
      token: revoked.access_token,
      client_id: 'app-1',
      client_secret: 'odd+secret/with=all&of%them',
    })
    server.context.clock.advance(CLOCK_JUMPS['2h'])
    for (const authorization of [
      '',
      'Bearer bad',
      `Bearer ${first.access_token}`,
      `Bearer ${revoked.access_token}`,
    ]) {
      const answer = await call(authorization, '/oauth/token/info')
      expect([answer.status, await answer.json()]).toEqual([
        401,
        { error: 'invalid_token', error_description: 'The access token is invalid', state: 'unauthorized' },
      ])
    }
  })

  it('takes the token as a parameter too', async () => {
    for (const name of ['access_token', 'bearer_token']) {
      const answer = await server.app.request(`/oauth/token/info?${name}=${first.access_token}`)
      expect(answer.status).toBe(200)
    }
  })
})

describe('a protected resource', () => {
  it('takes Bearer in any case', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER'])
      expect((await call(`${scheme} ${first.access_token}`)).status).toBe(200)
  })

  it('refuses with an empty body and gives the reason only in the header', async () => {
    expect(await said(await call('Bearer bad'))).toEqual([401, '', 'The access token is invalid'])
    expect(await said(await call(''))).toEqual([401, '', 'The access token is invalid'])
    server.context.clock.advance(CLOCK_JUMPS['2h'])
    expect(await said(await call(`Bearer ${first.access_token}`))).toEqual([
      401,
      '',
      'The access token expired',
    ])
    await server.doorkeeper.revoke({})
    expect(await said(await call(`Bearer ${first.access_token}`))).toEqual([
      401,
      '',
      'The access token was revoked',
    ])
    expect((await call('')).headers.get('content-type')).toContain('text/html')
  })

  it('refuses a token that lacks the scope with 403, an empty body and no reason', async () => {
    const narrow = await server.connect({ scope: 'prospects.read' })
    expect(await said(await call(`Bearer ${narrow.access_token}`))).toEqual([403, '', undefined])
  })
})
