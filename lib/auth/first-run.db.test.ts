import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Secret } from '../core/secret'
import { createFirstOwner } from './create-owner'
import { firstRun, hasPeople, isSetupTokenGood } from './first-run'
import { newPersonSchema } from './new-person'
import { signIn } from './sign-in'
import { fromHome, goodPassword, makePeople, type People } from './test-people'

const ada = newPersonSchema.parse({ name: 'Ada', email: 'Ada@Company.example', password: goodPassword })
const hourMs = 60 * 60 * 1000

let people: People
afterEach(() => people.close())

async function printedToken(): Promise<Secret> {
  const { link } = await firstRun(people.deps)
  return Secret.of(new URL(link ?? '').searchParams.get('token') ?? '')
}

describe('the set-up link', () => {
  beforeEach(async () => {
    people = await makePeople()
  })

  it('makes one owner, who can sign in, and is over then', async () => {
    const { link } = await firstRun(people.deps)
    expect(link).toMatch(/^http:\/\/localhost:3000\/welcome\/start\?token=[\w-]{43}$/)
    const token = Secret.of(new URL(link ?? '').searchParams.get('token') ?? '')
    expect(await isSetupTokenGood(people.deps, token)).toBe(true)
    await createFirstOwner(people.deps, ada, token)
    expect(await isSetupTokenGood(people.deps, token)).toBe(false)
    await expect(createFirstOwner(people.deps, ada, token)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('owner already'),
    })
    expect(await people.deps.db.user.findMany({ select: { email: true, role: true } })).toEqual([
      { email: 'ada@company.example', role: 'owner' },
    ])
    const signedIn = await signIn(
      people.deps,
      { email: 'ada@company.example', password: goodPassword },
      fromHome,
    )
    expect(signedIn).not.toBeNull()
    expect(await people.trail('user.created')).toMatchObject([{ actorName: 'set-up link' }])
    expect(await people.written()).not.toContain(token.reveal())
    expect(await people.written()).not.toContain(goodPassword)
    expect(await firstRun(people.deps)).toEqual({ link: null })
  })

  it('makes one owner when it is used twice at once', async () => {
    const token = await printedToken()
    const grace = { ...ada, email: 'grace@company.example' }
    const results = await Promise.allSettled([
      createFirstOwner(people.deps, ada, token),
      createFirstOwner(people.deps, grace, token),
    ])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await people.deps.db.user.count()).toBe(1)
  })

  it('is good for a day', async () => {
    const token = await printedToken()
    people.deps.clock.advance(24 * hourMs)
    expect(await isSetupTokenGood(people.deps, token)).toBe(false)
    await expect(createFirstOwner(people.deps, ada, token)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('has ended'),
    })
    expect(await hasPeople(people.deps)).toBe(false)
  })

  it('ends when a later start prints another', async () => {
    const first = await printedToken()
    const second = await printedToken()
    expect(await isSetupTokenGood(people.deps, first)).toBe(false)
    expect(await isSetupTokenGood(people.deps, second)).toBe(true)
  })

  it('is stored as a digest, and a guess is refused', async () => {
    const token = await printedToken()
    expect(JSON.stringify(await people.deps.db.setupLink.findMany())).not.toContain(token.reveal())
    await expect(createFirstOwner(people.deps, ada, Secret.of('guess'))).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await hasPeople(people.deps)).toBe(false)
  })
})

describe('ADMIN_EMAIL and ADMIN_PASSWORD', () => {
  it('make the first owner once, without a link', async () => {
    people = await makePeople({ ADMIN_EMAIL: 'Root@localhost', ADMIN_PASSWORD: 'long enough for us' })
    expect(await firstRun(people.deps)).toEqual({ link: null })
    expect(await firstRun(people.deps)).toEqual({ link: null })
    expect(await people.deps.db.user.findMany({ select: { email: true, role: true } })).toEqual([
      { email: 'root@localhost', role: 'owner' },
    ])
    const credentials = { email: 'root@localhost', password: 'long enough for us' }
    expect(await signIn(people.deps, credentials, fromHome)).not.toBeNull()
    expect(await people.trail('user.created')).toMatchObject([{ actorName: 'environment' }])
    expect(await people.written()).not.toContain('long enough for us')
  })

  it('make one owner when two processes start at once', async () => {
    people = await makePeople({ ADMIN_EMAIL: 'root@localhost', ADMIN_PASSWORD: 'long enough for us' })
    await Promise.all([firstRun(people.deps), firstRun(people.deps)])
    expect(await people.deps.db.user.count()).toBe(1)
  })

  it('change nothing where people are already', async () => {
    people = await makePeople({ ADMIN_EMAIL: 'root@localhost', ADMIN_PASSWORD: 'long enough for us' })
    await people.makePerson('Ada', 'owner')
    expect(await firstRun(people.deps)).toEqual({ link: null })
    expect(await people.deps.db.user.count()).toBe(1)
  })

  it('are refused in words when sign-in would not take the password', async () => {
    people = await makePeople({ ADMIN_EMAIL: 'root@localhost', ADMIN_PASSWORD: 'x'.repeat(201) })
    await expect(firstRun(people.deps)).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('ADMIN_PASSWORD'),
    })
  })
})
