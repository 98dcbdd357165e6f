import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { startTestEnvoy, TestBrowser, type TestEnvoy } from './test-envoy'

const KEY = 'sandbox-envoy-oauth'
const CALLBACK = 'http://patchbay.test/api/callback/envoy'
let test: TestEnvoy
let browser: TestBrowser

beforeEach(() => {
  test = startTestEnvoy()
  browser = new TestBrowser(test.envoy)
})

function authorizeUrl(change: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: KEY,
    redirect_uri: CALLBACK,
    scope: 'locations.read token.refresh',
    state: 'st+a/te=',
    ...change,
  })
  return `/a/auth/v0/authorize?${query}`
}

async function allow(url = authorizeUrl()): Promise<URL> {
  const answer = await browser.post(url, { decision: 'allow' })
  expect(answer.status).toBe(303)
  return new URL(answer.headers.get('location') ?? '')
}

describe('authorize', () => {
  it('asks a stranger to sign in first and comes back to the very same request', async () => {
    const answer = await browser.get(authorizeUrl())
    const signIn = answer.headers.get('location') ?? ''
    const next = new URL(signIn, 'http://a.test').searchParams.get('next') ?? ''
    expect(next).toBe(authorizeUrl())
    const page = await (await browser.get(signIn)).text()
    for (const name of [
      'Dana Whitfield',
      'Mei Tanaka',
      'Aurora Robotics',
      'Location Admin of Boise Workshop',
    ]) {
      expect(page).toContain(name)
    }
    const signedIn = await browser.post('/sign-in', { person: '7003', next })
    expect([signedIn.status, signedIn.headers.get('location')]).toEqual([303, next])
    expect(signedIn.headers.get('set-cookie')).toMatch(
      /^sandbox_envoy_session=.+; Path=\/; HttpOnly; SameSite=Lax$/,
    )
  })

  it('shows who asks for what, without a script, marked as the sandbox', async () => {
    await browser.signIn('7003')
    const answer = await browser.get(authorizeUrl())
    const page = await answer.text()
    expect(answer.status).toBe(200)
    for (const words of [
      'Patchbay (unlisted app)',
      'Aurora Robotics',
      'token.refresh',
      'Sandbox Envoy',
      'Mei Tanaka',
    ]) {
      expect(page).toContain(words)
    }
    expect(page).not.toContain('<script')
  })

  it('sends a code and the state back, good for the company of whoever signed in', async () => {
    await browser.signIn('7003')
    const back = await allow()
    expect(`${back.origin}${back.pathname}`).toBe(CALLBACK)
    expect(back.searchParams.get('state')).toBe('st+a/te=')
    const code = back.searchParams.get('code')
    expect(test.issued).toEqual([{ kind: 'code', value: code }])
    const grant = { grant_type: 'authorization_code', code }
    const answer = await test.token(KEY, grant)
    expect(await answer.json()).toMatchObject({ company_id: '100417', refresh_token_expires_in: 2592000 })
    expect((await test.token(KEY, grant)).status).toBe(404)
  })

  it('lets a code expire after ten minutes', async () => {
    await browser.signIn('7001')
    const code = (await allow()).searchParams.get('code')
    test.context.clock.advance(600_000)
    expect((await test.token(KEY, { grant_type: 'authorization_code', code })).status).toBe(404)
  })

  it('holds a code to the PKCE challenge that was sent', async () => {
    await browser.signIn('7001')
    const challenge = createHash('sha256').update('verifier').digest('base64url')
    const code = (
      await allow(authorizeUrl({ code_challenge: challenge, code_challenge_method: 'S256' }))
    ).searchParams.get('code')
    const grant = { grant_type: 'authorization_code', code }
    expect((await test.token(KEY, { ...grant, code_verifier: 'other' })).status).toBe(400)
    expect((await test.token(KEY, { ...grant, code_verifier: 'verifier' })).status).toBe(200)
  })

  it('sends access_denied and the state back on Deny, and on anything but Allow', async () => {
    await browser.signIn('7001')
    for (const decision of ['deny', 'maybe']) {
      const answer = await browser.post(authorizeUrl(), { decision })
      const back = new URL(answer.headers.get('location') ?? '')
      expect(back.searchParams.get('error')).toBe('access_denied')
      expect(back.searchParams.get('state')).toBe('st+a/te=')
      expect(back.searchParams.has('error_description')).toBe(true)
      expect(back.searchParams.has('code')).toBe(false)
    }
  })

  it('gives no code to somebody who is not signed in', async () => {
    const answer = await browser.post(authorizeUrl(), { decision: 'allow' })
    expect(answer.headers.get('location')).toMatch(/^\/sign-in\?/)
    expect(test.issued).toEqual([])
  })

  it.each([
    ['redirect_uri', 'http://patchbay.test/else'],
    ['client_id', 'nobody'],
    ['client_id', 'sandbox-envoy-plugin'],
  ])('keeps the %s %s on its own page, whatever is posted', async (name, value) => {
    const change = { [name]: value }
    await browser.signIn('7001')
    for (const answer of [
      await browser.get(authorizeUrl(change)),
      await browser.post(authorizeUrl(change), { decision: 'allow' }),
    ]) {
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
    }
  })

  it('sends a misspelt scope back as invalid_scope', async () => {
    const answer = await browser.get(authorizeUrl({ scope: 'location.read' }))
    expect(new URL(answer.headers.get('location') ?? '').searchParams.get('error')).toBe('invalid_scope')
  })
})

describe('sign-in', () => {
  it.each(['//evil.example/x', '/\\evil.example', 'https://evil.example', '/\t/evil.example', ''])(
    'never leads to %j',
    async (next) => {
      const answer = await browser.post('/sign-in', { person: '7001', next })
      expect(new URL(answer.headers.get('location') ?? '', 'http://here.test').origin).toBe(
        'http://here.test',
      )
    },
  )

  it('refuses a person that there is none of', async () => {
    expect((await browser.post('/sign-in', { person: '1' })).status).toBe(400)
  })
})
