import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disablePerson } from './disable-person'
import { sessionActor } from './sessions'
import { signIn } from './sign-in'
import { fromHome, goodPassword, makePeople, type People } from './test-people'

let people: People
beforeAll(async () => {
  people = await makePeople()
})
afterAll(() => people.close())

const quarterMs = 15 * 60 * 1000
const tooMany = { code: 'too_many_requests' }

describe('signing in', () => {
  it('with the right password opens a new session each time', async () => {
    const ada = await people.makePerson('Ada', 'admin')
    const input = { email: ` ${ada.email.toUpperCase()} `, password: goodPassword }
    const first = await signIn(people.deps, input, fromHome)
    const second = await signIn(people.deps, input, fromHome)
    expect(first).toMatchObject({ userId: ada.id, email: ada.email })
    expect(second?.sessionId).not.toBe(first?.sessionId)
    const actor = await sessionActor(people.deps, first?.sessionId ?? '')
    expect(actor).toEqual({ ...ada, sessionId: first?.sessionId })
    const trail = await people.trail('session.opened')
    expect(trail.map(({ subjectId }) => subjectId)).toContain(first?.sessionId)
  })

  it('says the same of a wrong password, an unknown person and a person without a password', async () => {
    const { id, email } = await people.makePerson('Olga', 'viewer')
    await people.deps.db.user.update({ where: { id }, data: { passwordHash: null } })
    for (const input of [
      { email: 'ada@company.example', password: 'not the password' },
      { email: 'nobody@company.example', password: goodPassword },
      { email, password: goodPassword },
    ]) {
      expect(await signIn(people.deps, input, fromHome)).toBeNull()
    }
  })

  it('takes no input of another shape', async () => {
    for (const input of [
      undefined,
      {},
      { email: 'ada@company.example' },
      { email: 'ada\u0000@company.example', password: goodPassword },
      { email: `${'a'.repeat(320)}@x.example`, password: goodPassword },
      { email: 'ada@company.example', password: 'x'.repeat(1_001) },
      { email: { contains: '@' }, password: goodPassword },
    ]) {
      expect(await signIn(people.deps, input, fromHome)).toBeNull()
    }
  })

  it('tells of a disabled account only after the right password', async () => {
    const owner = await people.makePerson('Root', 'owner')
    const { id, email } = await people.makePerson('Left', 'viewer')
    await disablePerson(people.deps, owner, { userId: id })
    expect(await signIn(people.deps, { email, password: 'wrong' }, fromHome)).toBeNull()
    await expect(signIn(people.deps, { email, password: goodPassword }, fromHome)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('leaves no password in the trail or the log', async () => {
    expect(await people.written()).not.toContain(goodPassword)
    expect(await people.written()).not.toContain('$argon2id')
  })
})

describe('too many attempts', () => {
  it('on one person end after ten, also with the right password, until the quarter of an hour is over', async () => {
    const { email } = await people.makePerson('Target', 'viewer')
    const wrong = { email, password: 'wrong' }
    for (let tries = 0; tries < 10; tries += 1) {
      const address = `198.51.100.${tries}`
      expect(await signIn(people.deps, wrong, { userAgent: null, address })).toBeNull()
    }
    const right = { email, password: goodPassword }
    await expect(signIn(people.deps, right, fromHome)).rejects.toMatchObject(tooMany)
    people.deps.clock.advance(quarterMs)
    expect(await signIn(people.deps, right, fromHome)).toMatchObject({ email })
  })

  it('from one network end after sixty, whoever they are on, and use up nobody’s tries', async () => {
    const { email } = await people.makePerson('Bystander', 'viewer')
    // As after 59 attempts, each of which would take a password hash.
    const startMs = people.deps.clock.now().getTime()
    const windowStart = new Date(startMs - (startMs % quarterMs))
    await people.deps.db.throttleWindow.create({
      data: { bucket: 'sign-in-from:2001:db8:0:1::/64', windowStart, count: 59 },
    })
    const origin = { userAgent: null, address: '2001:db8:0:1::5' }
    const right = { email, password: goodPassword }
    expect(await signIn(people.deps, right, origin)).toMatchObject({ email })
    const neighbour = { ...origin, address: '2001:db8:0:1:ffff::6' }
    for (let tries = 0; tries < 12; tries += 1) {
      await expect(signIn(people.deps, right, neighbour)).rejects.toMatchObject(tooMany)
    }
    expect(await signIn(people.deps, right, fromHome)).toMatchObject({ email })
  })
})
