import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../core/actor'
import { disablePerson } from './disable-person'
import { firstRun } from './first-run'
import { oidcSignIn } from './oidc-sign-in'
import { sessionActor } from './sessions'
import { fromHome, makePeople, type People } from './test-people'

const oidc = {
  OIDC_ISSUER: 'https://id.company.example',
  OIDC_CLIENT_ID: 'patchbay',
  OIDC_CLIENT_SECRET: 'secret of the client',
}
const forbidden = { code: 'forbidden' }

describe('sign-in by OpenID Connect', () => {
  let people: People
  beforeAll(async () => {
    people = await makePeople(oidc)
    await people.makePerson('Root', 'owner')
  })
  afterAll(() => people.close())
  const enter = (claims: unknown) => oidcSignIn(people.deps, claims, fromHome)

  it('makes a viewer of somebody new and knows them by subject afterwards', async () => {
    const first = await enter({ sub: 'ada', email: 'Ada@Company.example', name: 'Ada\u0000 Byron' })
    expect(await sessionActor(people.deps, first.sessionId)).toMatchObject({
      email: 'ada@company.example',
      name: 'Ada  Byron',
      role: 'viewer',
    })
    const again = await enter({ sub: 'ada', email: 'lovelace@company.example' })
    expect(again.userId).toBe(first.userId)
    expect(again.sessionId).not.toBe(first.sessionId)
    const made = (await people.trail('user.created')).filter(({ subjectId }) => subjectId === first.userId)
    expect(made).toMatchObject([{ actorName: 'identity provider', detail: { role: 'viewer' } }])
  })

  it('makes one account of two first sign-ins at once', async () => {
    const claims = { sub: 'twice', email: 'twice@company.example', email_verified: true }
    const [one, two] = await Promise.all([enter(claims), enter(claims)])
    expect(one.userId).toBe(two.userId)
  })

  it('takes over an account with the same e-mail only when it is verified', async () => {
    const { id, email } = await people.makePerson('Grace', 'admin')
    await expect(enter({ sub: 'grace', email })).rejects.toMatchObject(forbidden)
    await expect(enter({ sub: 'grace', email, email_verified: false })).rejects.toMatchObject(forbidden)
    const signedIn = await enter({ sub: 'grace', email: email.toUpperCase(), email_verified: 'true' })
    expect(signedIn.userId).toBe(id)
    expect(await sessionActor(people.deps, signedIn.sessionId)).toMatchObject({ role: 'admin' })
    expect(await people.trail('user.linked')).toMatchObject([{ subjectId: id }])
  })

  it('never takes over an account of another subject', async () => {
    const claims = { email: 'mine@company.example', email_verified: true }
    await enter({ ...claims, sub: 'mine' })
    await expect(enter({ ...claims, sub: 'thief' })).rejects.toMatchObject(forbidden)
  })

  it('keeps a disabled person out and leaves their account as it is', async () => {
    const owner = await people.makePerson('Boss', 'owner')
    const { id, email } = await people.makePerson('Left', 'viewer')
    await disablePerson(people.deps, owner, { userId: id })
    await expect(enter({ sub: 'left', email, email_verified: true })).rejects.toMatchObject(forbidden)
    const { oidcSubject } = await people.deps.db.user.findUniqueOrThrow({ where: { id } })
    expect(oidcSubject).toBeNull()
    await people.deps.db.user.update({
      where: { id },
      data: { oidcSubject: 'https://id.company.example left' },
    })
    await expect(enter({ sub: 'left', email, email_verified: true })).rejects.toMatchObject(forbidden)
    expect(await people.deps.db.session.count({ where: { userId: id, endedAt: null } })).toBe(0)
  })

  it.each([
    ['no subject', { email: 'x@company.example' }],
    ['an empty subject', { sub: '', email: 'x@company.example' }],
    ['no e-mail address', { sub: 'x' }],
    ['an e-mail address that is none', { sub: 'x', email: 'x' }],
    ['an unverified e-mail address', { sub: 'x', email: 'x@company.example', email_verified: false }],
    ['nothing', undefined],
  ])('refuses %s', async (_words, claims) => {
    await expect(enter(claims)).rejects.toMatchObject(forbidden)
  })
})

describe('a list of domains', () => {
  let people: People
  beforeAll(async () => {
    people = await makePeople({
      ...oidc,
      OIDC_ALLOWED_DOMAINS: 'Company.example',
      OIDC_DEFAULT_ROLE: 'admin',
    })
    await people.makePerson('Root', 'owner')
  })
  afterAll(() => people.close())
  const enter = (claims: unknown) => oidcSignIn(people.deps, claims, fromHome)

  it('lets in verified addresses of the domain, with the configured role', async () => {
    const { sessionId } = await enter({ sub: 'a', email: 'a@COMPANY.example', email_verified: true })
    const role: Role = 'admin'
    expect(await sessionActor(people.deps, sessionId)).toMatchObject({ role })
  })

  it.each([
    ['another domain', { email: 'b@other.example', email_verified: true }],
    ['a domain that ends alike', { email: 'b@evilcompany.example', email_verified: true }],
    ['a subdomain', { email: 'b@x.company.example', email_verified: true }],
    ['an address that nobody vouches for', { email: 'b@company.example' }],
  ])('keeps out %s', async (_words, claims) => {
    await expect(enter({ sub: 'b', ...claims })).rejects.toMatchObject(forbidden)
    expect(await people.deps.db.user.count({ where: { email: claims.email } })).toBe(0)
  })
})

describe('before there is an owner', () => {
  let people: People
  beforeAll(async () => {
    people = await makePeople(oidc)
  })
  afterAll(() => people.close())

  it('nobody comes in by OpenID Connect, so that the set-up link stays good', async () => {
    const claims = { sub: 'early', email: 'early@company.example', email_verified: true }
    await expect(oidcSignIn(people.deps, claims, fromHome)).rejects.toMatchObject(forbidden)
    expect(await firstRun(people.deps)).toMatchObject({ link: expect.stringContaining('/welcome/start') })
  })
})
