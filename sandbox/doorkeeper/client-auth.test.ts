import { beforeEach, describe, expect, it } from 'vitest'
import { OTHER_CLIENT, TEST_CLIENT, type TestServer, type Tokens, testServer } from './test-server'

let server: TestServer
let first: Tokens
beforeEach(async () => {
  server = testServer()
  first = await server.connect()
})

const { clientId, secret } = TEST_CLIENT
const fields = () => ({ grant_type: 'refresh_token', refresh_token: first.refresh_token })
const inBody = { client_id: clientId, client_secret: secret }
const basic = (id: string, password: string) => ({ authorization: `Basic ${btoa(`${id}:${password}`)}` })
const send = (body: BodyInit, headers: Record<string, string> = {}) =>
  server.app.request('/oauth/token', { method: 'POST', body, headers })
const outcome = async (answer: Response) => [
  answer.status,
  ((await answer.json()) as { error?: string }).error,
]

describe('a client is known by its credentials', () => {
  it('in a form', async () => {
    expect((await server.token({ ...fields(), ...inBody })).status).toBe(200)
  })

  it('in JSON', async () => {
    const json = JSON.stringify({ ...fields(), ...inBody })
    expect((await send(json, { 'content-type': 'application/json' })).status).toBe(200)
  })

  it('in multipart', async () => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ ...fields(), ...inBody })) form.set(name, value)
    expect((await send(form)).status).toBe(200)
  })

  it('in HTTP Basic, unencoded', async () => {
    expect((await server.token(fields(), basic(clientId, secret))).status).toBe(200)
  })

  it('but not in the form-encoded Basic of RFC 6749', async () => {
    const answer = await server.token(fields(), basic(clientId, encodeURIComponent(secret)))
    expect(await outcome(answer)).toEqual([401, 'invalid_client'])
  })

  it('but not in both places at once', async () => {
    const answer = await server.token({ ...fields(), ...inBody }, basic(clientId, secret))
    expect(await outcome(answer)).toEqual([400, 'invalid_request'])
  })

  it('but not in the query, nor in a body of another type', async () => {
    const query = await server.app.request(`/oauth/token?${new URLSearchParams(inBody)}`, {
      method: 'POST',
      body: new URLSearchParams(fields()),
    })
    expect(query.status).toBe(400)
    const text = await send(new URLSearchParams({ ...fields(), ...inBody }).toString(), {
      'content-type': 'text/plain',
    })
    expect(await outcome(text)).toEqual([400, 'invalid_request'])
  })

  it('and a secret that was not encoded does not arrive', async () => {
    const careless = `grant_type=refresh_token&refresh_token=${first.refresh_token}&client_id=${clientId}&client_secret=${secret}`
    const answer = await send(careless, { 'content-type': 'application/x-www-form-urlencoded' })
    expect(await outcome(answer)).toEqual([401, 'invalid_client'])
  })
})

describe('a wrong client', () => {
  it('with a live refresh token is invalid_client, and the token is not spent', async () => {
    await server.doorkeeper.actions['rotation-mode']?.run({ mode: 'immediate' })
    expect(await outcome(await server.refresh(first.refresh_token, { client_secret: 'x' }))).toEqual([
      401,
      'invalid_client',
    ])
    await server.trade(first.refresh_token)
  })

  it('with a dead one is invalid_grant, for the token is looked at first', async () => {
    expect(await outcome(await server.refresh('dead', { client_secret: 'x' }))).toEqual([
      400,
      'invalid_grant',
    ])
  })

  it('sends JSON that cannot be read, and Rails refuses it', async () => {
    const answer = await send('{"grant_type":', { 'content-type': 'application/json' })
    expect([answer.status, await answer.text()]).toEqual([400, ''])
  })
})

describe('client_credentials', () => {
  const own = { client_id: OTHER_CLIENT.clientId, client_secret: OTHER_CLIENT.secret }
  const ask = (more: Record<string, string> = {}) =>
    server.token({ grant_type: 'client_credentials', ...own, ...more })

  it('gives a token of the application: no person, no refresh token', async () => {
    const answer = await ask({ scope: 'provision_users' })
    const body = (await answer.json()) as Tokens
    expect(Object.keys(body)).toEqual(['access_token', 'token_type', 'expires_in', 'scope', 'created_at'])
    expect(body.scope).toBe('provision_users')
    expect(await (await server.info(body.access_token)).json()).toMatchObject({ resource_owner_id: null })
  })

  it('refuses scopes of persons, apps without that grant, and wrong secrets', async () => {
    expect(await outcome(await ask({ scope: 'users.read' }))).toEqual([400, 'invalid_scope'])
    expect(await outcome(await ask({ client_secret: 'x' }))).toEqual([401, 'invalid_client'])
    const plain = await server.token({ grant_type: 'client_credentials', ...inBody })
    expect(await outcome(plain)).toEqual([401, 'unauthorized_client'])
  })
})
