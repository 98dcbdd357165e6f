import { beforeEach, describe, expect, it } from 'vitest'
import { startTestEnvoy, type TestEnvoy } from './test-envoy'
import { TOKEN_PATHS } from './token-routes'

const KEY = 'sandbox-envoy-plugin'
let test: TestEnvoy

beforeEach(() => {
  test = startTestEnvoy()
})

type Credentials = 'body' | 'basic' | 'both'

function headersFor(credentials: Credentials): Record<string, string> {
  if (credentials === 'body') return {}
  const basic = Buffer.from(`${KEY}:${test.secretOf(KEY)}`).toString('base64')
  return { authorization: `Basic ${basic}` }
}

function fieldsFor(credentials: Credentials): Record<string, string> {
  const grant = { grant_type: 'client_credentials', scope: 'plugin,token.refresh' }
  return credentials === 'basic' ? grant : { ...grant, client_id: KEY, client_secret: test.secretOf(KEY) }
}

const ENCODINGS = {
  JSON: (fields: Record<string, string>) => ({
    body: JSON.stringify(fields),
    type: { 'content-type': 'application/json' },
  }),
  'a form': (fields: Record<string, string>) => ({ body: new URLSearchParams(fields), type: {} }),
  multipart: (fields: Record<string, string>) => {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    return { body, type: {} }
  },
} as const

const WAYS = TOKEN_PATHS.flatMap((path) =>
  (['JSON', 'a form', 'multipart'] as const).flatMap((encoding) =>
    (['body', 'basic', 'both'] as const).map((credentials) => ({ path, encoding, credentials })),
  ),
)

describe('the token endpoint', () => {
  it.each(WAYS)(
    '$path takes $encoding with credentials in $credentials',
    async ({ path, encoding, credentials }) => {
      const { body, type } = ENCODINGS[encoding](fieldsFor(credentials))
      const headers = { ...type, ...headersFor(credentials) }
      const answer = await test.envoy.app.request(path, { method: 'POST', body, headers })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      const [access, refresh] = test.issued.map(({ value }) => value)
      expect(await answer.json()).toEqual({
        token_type: 'Bearer',
        access_token: access,
        expires_in: 86400,
        refresh_token: refresh,
        refresh_token_expires_in: 2592000,
        state: null,
        company_id: null,
      })
    },
  )

  it('answers 401 to a bad client, before it looks at the grant', async () => {
    const answer = await test.token(KEY, { client_secret: 'wrong', grant_type: 'nonsense' })
    expect([answer.status, await answer.json()]).toEqual([401, { error: 'invalid_client' }])
  })

  it('answers a dead subject with 404 and exactly {"error":"subject not found"}', async () => {
    for (const fields of [
      { grant_type: 'refresh_token', refresh_token: 'x' },
      { grant_type: 'plugin_install', install_id: 999 },
      { grant_type: 'authorization_code', code: 'x' },
    ]) {
      const answer = await test.token(KEY, fields)
      expect([answer.status, await answer.text()]).toEqual([404, '{"error":"subject not found"}'])
    }
  })

  it.each([
    ['text/plain', 'grant_type=client_credentials'],
    ['application/vnd.api+json', '{}'],
    ['application/json', 'grant_type=client_credentials'],
    ['application/json', ''],
  ])('refuses a body of type %s with %j', async (type, body) => {
    const headers = { 'content-type': type, ...headersFor('basic') }
    const answer = await test.envoy.app.request('/oauth2/token', { method: 'POST', body, headers })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: 'invalid_request' })
  })

  it.each(TOKEN_PATHS)('takes no credentials or grant from the query of %s, and only POST', async (path) => {
    const query = new URLSearchParams(fieldsFor('body'))
    const posted = await test.envoy.app.request(`${path}?${query}`, {
      method: 'POST',
      body: new URLSearchParams({ a: 'b' }),
    })
    expect(posted.status).toBe(401)
    expect((await test.envoy.app.request(`${path}?${query}`)).status).toBe(405)
  })

  it('notes each call without any secret value', async () => {
    await test.token(KEY, { grant_type: 'refresh_token', refresh_token: 'rt-value' })
    const [call] = test.context.calls.recent()
    expect(call).toMatchObject({ path: '/oauth2/token', status: 404, grantType: 'refresh_token' })
    expect(JSON.stringify(call)).not.toContain('rt-value')
    expect(JSON.stringify(call)).not.toContain(test.secretOf(KEY))
  })
})
