import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authOptions } from './auth-options'
import { sessionActor } from './sessions'
import { fromHome, goodPassword, makePeople, type People } from './test-people'

const oidc = {
  OIDC_ISSUER: 'https://id.company.example',
  OIDC_CLIENT_ID: 'patchbay',
  OIDC_CLIENT_SECRET: 'secret of the client',
}

let people: People
beforeAll(async () => {
  people = await makePeople(oidc)
})
afterAll(() => people.close())

/** What next-auth calls, by name; it gives much more than ours look at. */
type Hook = (given: object) => Promise<unknown>

function hookOf(from: People, group: 'callbacks' | 'events', name: string): Hook {
  const hooks: object = authOptions(from.deps, fromHome)[group] ?? {}
  return Reflect.get(hooks, name)
}

function authorize(from: People, credentials: object): Promise<unknown> {
  const [provider] = authOptions(from.deps, fromHome).providers
  const options: object = provider?.options ?? {}
  return Reflect.get(options, 'authorize')(credentials)
}

function sidOf(value: unknown): string {
  const sid: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'sid') : null
  return String(sid)
}

describe('next-auth’s configuration', () => {
  it('hands on nobody’s role or name, only the session’s id', async () => {
    const { email } = await people.makePerson('Ada', 'owner')
    const user = await authorize(people, { email, password: goodPassword })
    const jwt = hookOf(people, 'callbacks', 'jwt')
    const token = await jwt({ token: { sub: 'x', email, role: 'owner' }, user })
    expect(token).toEqual({ sid: sidOf(token) })
    expect(await sessionActor(people.deps, sidOf(token))).toMatchObject({ email })
    expect(await jwt({ token: { sid: sidOf(token), role: 'owner' } })).toEqual(token)
  })

  it('lets an identity provider’s person in with a session of ours', async () => {
    const user = { id: 'subject' }
    const profile = { sub: 'grace', email: 'grace@company.example', email_verified: true }
    expect(await hookOf(people, 'callbacks', 'signIn')({ user, account: { type: 'oauth' }, profile })).toBe(
      true,
    )
    expect(await sessionActor(people.deps, sidOf(user))).toMatchObject({ email: profile.email })
  })

  it('sends somebody who is refused to sign in, with a code', async () => {
    const profile = { sub: 'new', email: 'new@company.example', email_verified: false }
    const given = { user: { id: 'new' }, account: { type: 'oauth' }, profile }
    expect(await hookOf(people, 'callbacks', 'signIn')(given)).toBe('/sign-in?error=account_disabled')
  })

  it('never puts an error’s own words on the URL', async () => {
    const broken = await makePeople(oidc)
    await broken.deps.db.$executeRawUnsafe('ALTER TABLE app_user RENAME TO elsewhere')
    await broken.deps.db.$executeRawUnsafe('ALTER TABLE throttle_window RENAME TO elsewhere_too')
    const profile = { sub: 'a', email: 'a@company.example', email_verified: true }
    const given = { user: {}, account: { type: 'oauth' }, profile }
    expect(await hookOf(broken, 'callbacks', 'signIn')(given)).toBe('/sign-in?error=unavailable')
    const credentials = { email: 'a@company.example', password: goodPassword }
    await expect(authorize(broken, credentials)).rejects.toThrow(/^unavailable$/)
    expect(broken.logLines.join('\n')).not.toContain(goodPassword)
    await broken.close()
  })

  it.each([
    ['/connections?q=a', 'http://localhost:3000/connections?q=a'],
    ['http://localhost:3000/x', 'http://localhost:3000/x'],
    ['//evil.example', 'http://localhost:3000'],
    ['/\\evil.example', 'http://localhost:3000'],
    ['https://evil.example/', 'http://localhost:3000'],
    ['http://localhost:3000@evil.example/', 'http://localhost:3000'],
    ['http://localhost:3001/', 'http://localhost:3000'],
    ['javascript:alert(1)', 'http://localhost:3000'],
    ['http://', 'http://localhost:3000'],
  ])('goes on from %s to %s', async (url, target) => {
    const redirect = hookOf(people, 'callbacks', 'redirect')
    expect(await redirect({ url, baseUrl: 'http://localhost:3000' })).toBe(target)
  })

  it('binds its cookie to this host where there is https', async () => {
    const config = { ...people.deps.config, cookieSecure: true }
    const { cookies, useSecureCookies } = authOptions({ ...people.deps, config }, fromHome)
    expect(useSecureCookies).toBe(true)
    expect(cookies?.sessionToken).toEqual({
      name: '__Host-patchbay.session',
      options: { httpOnly: true, sameSite: 'lax', path: '/', secure: true },
    })
  })

  it('ends the session when its person signs out', async () => {
    const { sessionId } = await people.makePerson('Leaver', 'viewer')
    const signOut = hookOf(people, 'events', 'signOut')
    await signOut({ token: { sid: sessionId } })
    expect(await sessionActor(people.deps, sessionId)).toBeNull()
    await signOut({ token: {} })
  })
})
