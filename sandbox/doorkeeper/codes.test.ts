import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { REDIRECT_URI, readTokens, TEST_CLIENT, type TestServer, testServer } from './test-server'

let server: TestServer
beforeEach(() => {
  server = testServer()
})

const verifier = 'a-verifier-of-forty-three-characters-or-more-0123'
const challenge = createHash('sha256').update(verifier).digest('base64url')
const s256 = { code_challenge: challenge, code_challenge_method: 'S256' }
const outcome = async (answer: Response | Promise<Response>) => {
  const settled = await answer
  const body = (await settled.json()) as { error?: string; error_description?: string }
  return [settled.status, body.error, body.error_description]
}
const invalidGrant = [400, 'invalid_grant', expect.stringContaining('authorization grant is invalid')]

describe('an authorization code', () => {
  it('is answered as measured, key by key and header by header', async () => {
    const answer = await server.exchange(await server.code())
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('pragma')).toBe('no-cache')
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    const body = (await answer.json()) as Record<string, unknown>
    expect(Object.entries(body)).toEqual([
      ['access_token', expect.stringMatching(/^[\w-]{43}$/)],
      ['token_type', 'Bearer'],
      ['expires_in', 7200],
      ['refresh_token', expect.stringMatching(/^[\w-]{43}$/)],
      ['scope', 'users.read prospects.read'],
      ['created_at', server.context.clock.nowS()],
    ])
  })

  it('is good once, and a second use does not revoke what the first one gave', async () => {
    const code = await server.code()
    const tokens = await readTokens(await server.exchange(code))
    expect(await outcome(server.exchange(code))).toEqual(invalidGrant)
    expect(await server.use(tokens.access_token)).toBe(200)
    await server.trade(tokens.refresh_token)
  })

  it('is good for ten minutes', async () => {
    const [early, late] = [await server.code(), await server.code()]
    server.context.clock.advance(599_000)
    expect((await server.exchange(early)).status).toBe(200)
    server.context.clock.advance(1_000)
    expect(await outcome(server.exchange(late))).toEqual(invalidGrant)
  })

  it('is not used up by a failed exchange', async () => {
    const code = await server.code(s256)
    const wrong = { redirect_uri: `${REDIRECT_URI}/`, code_verifier: verifier }
    expect(await outcome(server.exchange(code, wrong))).toEqual(invalidGrant)
    expect(await outcome(server.exchange(code, { code_verifier: 'x' }))).toEqual(invalidGrant)
    expect((await outcome(server.exchange(code, { client_secret: 'x', code_verifier: verifier })))[0]).toBe(
      401,
    )
    expect((await server.exchange(code, { code_verifier: verifier })).status).toBe(200)
  })

  it('wants the redirect URI again', async () => {
    expect(await outcome(server.exchange(await server.code(), { redirect_uri: '' }))).toEqual([
      400,
      'invalid_request',
      'Missing required parameter: redirect_uri.',
    ])
  })

  it('of one app is nothing to another', async () => {
    const other = { client_id: 'app-2', client_secret: 'another' }
    expect(await outcome(server.exchange(await server.code(), other))).toEqual(invalidGrant)
  })

  it('that was never given is refused', async () => {
    expect(await outcome(server.exchange('made-up'))).toEqual(invalidGrant)
    expect(await outcome(server.exchange(''))).toEqual([
      400,
      'invalid_request',
      'Missing required parameter: code.',
    ])
  })

  it('gives no scope key when there are no scopes', async () => {
    const none: typeof TEST_CLIENT = { ...TEST_CLIENT, defaultScopes: [] }
    server = testServer({ scopeCompulsory: false, findClient: () => none })
    const body = await (await server.exchange(await server.code({ scope: '' }))).json()
    expect(Object.keys(body as object)).not.toContain('scope')
  })
})

describe('PKCE', () => {
  it('passes with the right verifier, S256 and plain', async () => {
    expect((await server.exchange(await server.code(s256), { code_verifier: verifier })).status).toBe(200)
    const plain = await server.code({ code_challenge: verifier, code_challenge_method: 'plain' })
    expect((await server.exchange(plain, { code_verifier: verifier })).status).toBe(200)
  })

  it('refuses a wrong verifier as invalid_grant', async () => {
    expect(await outcome(server.exchange(await server.code(s256), { code_verifier: 'wrong' }))).toEqual(
      invalidGrant,
    )
  })

  it('refuses a missing verifier as invalid_request', async () => {
    expect(await outcome(server.exchange(await server.code(s256)))).toEqual([
      400,
      'invalid_request',
      'Missing required parameter: code_verifier.',
    ])
  })

  it('refuses a verifier without a challenge as invalid_grant', async () => {
    expect(await outcome(server.exchange(await server.code(), { code_verifier: verifier }))).toEqual(
      invalidGrant,
    )
  })

  it('is ignored by a server without its columns, even when the verifier is wrong', async () => {
    await server.doorkeeper.actions['pkce-mode']?.run({ mode: 'ignored' })
    expect((await server.exchange(await server.code(s256), { code_verifier: 'wrong' })).status).toBe(200)
    expect((await server.exchange(await server.code(s256))).status).toBe(200)
  })
})

describe('every refusal of the token endpoint', () => {
  it('says the same in WWW-Authenticate, a 400 too, and is not stored', async () => {
    const answer = await server.exchange('made-up')
    const body = (await answer.json()) as { error: string; error_description: string }
    expect(answer.headers.get('www-authenticate')).toBe(
      `Bearer realm="Doorkeeper", error="${body.error}", error_description="${body.error_description}"`,
    )
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  })

  it('names what is missing or not supported', async () => {
    expect(await outcome(server.token({}))).toEqual([
      400,
      'invalid_request',
      'Missing required parameter: grant_type.',
    ])
    expect((await outcome(server.token({ grant_type: 'password' })))[1]).toBe('unsupported_grant_type')
    expect(await outcome(server.token({ grant_type: 'refresh_token' }))).toEqual([
      400,
      'invalid_request',
      'Missing required parameter: refresh_token.',
    ])
  })
})
