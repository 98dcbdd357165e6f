import { html } from 'hono/html'
import { beforeEach, describe, expect, it } from 'vitest'
import { CLOCK_JUMPS } from '../kernel/clock'
import { authorizeQuery, hiddenFields, type TestServer, testServer } from './test-server'

let server: TestServer
let cookie: string
beforeEach(async () => {
  server = testServer()
  cookie = await server.signIn()
})

const { state } = authorizeQuery
const paramsOf = (url: URL) => Object.fromEntries(url.searchParams)

describe('an authorization request', () => {
  it('asks who is there first, then for consent, and comes back to the same request', async () => {
    const answer = await server.open(authorizeQuery, '')
    const to = new URL(answer.headers.get('location') ?? '', 'http://here')
    expect([answer.status, to.pathname]).toEqual([302, '/session/new'])
    const page = await (await server.app.request(`${to.pathname}${to.search}`)).text()
    expect(page).toContain('Ada Abara')
    expect(page).toContain('Bo Bianchi')
    const signedIn = await server.app.request('/session', {
      method: 'POST',
      body: new URLSearchParams({ ...hiddenFields(page), person: '2' }),
    })
    expect(signedIn.headers.get('location')).toBe(`/oauth/authorize?${new URLSearchParams(authorizeQuery)}`)
    expect(signedIn.headers.get('set-cookie')).toMatch(/^sandbox_outstand_session=.*HttpOnly; SameSite=Lax$/)
  })

  it('shows app, account and scopes', async () => {
    const page = await (await server.open(authorizeQuery, cookie)).text()
    for (const words of [
      'Sandbox Test',
      'Test app',
      'Ada Abara',
      'users.read',
      'prospects.read',
      'Allow',
      'Deny',
    ])
      expect(page).toContain(words)
    expect(page).not.toContain('accounts.read')
  })

  it('allowed comes back with a code and the state intact, and no iss', async () => {
    const back = await server.decide(await server.open(authorizeQuery, cookie), cookie, 'allow')
    expect(`${back.origin}${back.pathname}`).toBe(authorizeQuery.redirect_uri)
    expect(paramsOf(back)).toEqual({ code: expect.stringMatching(/^[\w-]{43}$/), state })
  })

  it('denied comes back with access_denied and the state', async () => {
    const back = await server.decide(await server.open(authorizeQuery, cookie), cookie, 'deny')
    expect(paramsOf(back)).toEqual({
      error: 'access_denied',
      error_description: 'The resource owner or authorization server denied the request.',
      state,
    })
  })

  it.each([
    ['an unknown client', { client_id: 'nobody' }],
    ['an unregistered redirect URI', { redirect_uri: 'http://elsewhere.test/cb' }],
    ['a redirect URI that differs by a slash', { redirect_uri: `${authorizeQuery.redirect_uri}/` }],
    ['no redirect URI', { redirect_uri: '' }],
    ['an unknown scope', { scope: 'users.read users.fly' }],
    ['a response type that is not code', { response_type: 'token' }],
    ['a challenge of an unknown method', { code_challenge: 'x', code_challenge_method: 'S512' }],
  ])('with %s is an error page with status 200, and the application never hears of it', async (_, wrong) => {
    const answer = await server.open({ ...authorizeQuery, ...wrong }, cookie)
    expect([answer.status, answer.headers.get('location')]).toEqual([200, null])
    expect(answer.headers.get('content-type')).toContain('text/html')
    const page = await answer.text()
    expect(page).toContain('An error has occurred')
    expect(page).not.toContain('Allow')
  })

  it('without scope gets the default ones, or the error page where there are none', async () => {
    expect(await (await server.open({ ...authorizeQuery, scope: '' }, cookie)).text()).toContain('users.read')
    server = testServer({ findClient: () => ({ ...client, defaultScopes: [] }) })
    const page = await server.open({ ...authorizeQuery, scope: '' }, await server.signIn())
    expect(await page.text()).toContain('The requested scope is invalid')
  })
})

const client = {
  clientId: authorizeQuery.client_id,
  secret: 's',
  name: 'Test app',
  redirectUris: [authorizeQuery.redirect_uri],
  grants: ['authorization_code'] as const,
  scopes: ['users.read'],
  defaultScopes: ['users.read'],
}

describe('consent', () => {
  const openAgain = async (query: Record<string, string> = authorizeQuery) =>
    (await server.open(query, cookie)).status

  it('is skipped while a token with the same scopes lives', async () => {
    await server.connect()
    expect(await openAgain()).toBe(302)
    expect(await openAgain({ ...authorizeQuery, scope: 'prospects.read users.read' })).toBe(302)
    expect(await openAgain({ ...authorizeQuery, scope: 'users.read' })).toBe(200)
  })

  it('is asked for again by another person, and after the grant was revoked', async () => {
    await server.connect()
    const other = await server.signIn('2')
    expect((await server.open(authorizeQuery, other)).status).toBe(200)
    await server.doorkeeper.actions.revoke?.run({ person: 'ada@one.example' })
    expect(await openAgain()).toBe(200)
  })

  it('is not skipped for an authorization that was given and never exchanged', async () => {
    await server.code()
    expect(await openAgain()).toBe(200)
  })

  it('given after the session has lapsed asks who is there and goes on', async () => {
    const page = await (await server.open(authorizeQuery, cookie)).text()
    await server.doorkeeper.actions['end-sessions']?.run({})
    const answer = await server.app.request('/oauth/authorize', {
      method: 'POST',
      headers: { cookie },
      body: new URLSearchParams({ ...hiddenFields(page), decision: 'allow' }),
    })
    const to = new URL(answer.headers.get('location') ?? '', 'http://here')
    expect(to.pathname).toBe('/session/new')
    expect(to.searchParams.get('return_to')).toBe(`/oauth/authorize?${new URLSearchParams(authorizeQuery)}`)
    expect(answer.headers.get('location')).not.toContain('authenticity_token')
  })

  it('from a form of another session is refused', async () => {
    const page = await (await server.open(authorizeQuery, cookie)).text()
    const other = await server.signIn('2')
    const answer = await server.app.request('/oauth/authorize', {
      method: 'POST',
      headers: { cookie: other },
      body: new URLSearchParams({ ...hiddenFields(page), decision: 'allow' }),
    })
    expect([answer.status, answer.headers.get('location')]).toEqual([422, null])
  })

  it('is checked like the request itself: a changed form gets no code', async () => {
    const page = await (await server.open(authorizeQuery, cookie)).text()
    const answer = await server.app.request('/oauth/authorize', {
      method: 'POST',
      headers: { cookie },
      body: new URLSearchParams({
        ...hiddenFields(page),
        redirect_uri: 'http://evil.test',
        decision: 'allow',
      }),
    })
    expect([answer.status, answer.headers.get('location')]).toEqual([200, null])
  })

  it('warns where the provider has something to warn of', async () => {
    server = testServer({ consentNotice: () => html`Not <b>reviewed</b>` })
    const page = await (await server.open(authorizeQuery, await server.signIn())).text()
    expect(page).toContain('Not <b>reviewed</b>')
  })
})

describe('a session at the provider', () => {
  it('ends after twelve hours', async () => {
    server.context.clock.advance(6 * CLOCK_JUMPS['2h'])
    expect((await server.open(authorizeQuery, cookie)).status).toBe(302)
  })

  it('is ended by "Sign in as somebody else", which comes back to the request', async () => {
    const answer = await server.app.request('/session/end', {
      method: 'POST',
      headers: { cookie },
      body: new URLSearchParams({ return_to: '/oauth/authorize?x=1' }),
    })
    expect(answer.headers.get('location')).toBe('/session/new?return_to=%2Foauth%2Fauthorize%3Fx%3D1')
    expect((await server.open(authorizeQuery, cookie)).status).toBe(302)
  })

  it.each(['//evil.test', '/\\evil.test', 'http://evil.test', 'javascript:alert(1)'])(
    'never goes on to %s',
    async (return_to) => {
      const answer = await server.app.request('/session', {
        method: 'POST',
        body: new URLSearchParams({ person: '1', return_to }),
      })
      expect(answer.headers.get('location')).toBe('/')
    },
  )
})
