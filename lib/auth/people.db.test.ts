import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UserActor } from '../core/actor'
import { addPerson } from './add-person'
import { changeRole } from './change-role'
import { disablePerson } from './disable-person'
import { enablePerson } from './enable-person'
import { sessionActor } from './sessions'
import { signIn } from './sign-in'
import { fromHome, makePeople, type People } from './test-people'

let people: People
let owner: UserActor
let admin: UserActor
beforeAll(async () => {
  people = await makePeople()
  owner = await people.makePerson('Owner', 'owner')
  admin = await people.makePerson('Admin', 'admin')
})
afterAll(() => people.close())

const newPassword = 'a sentence of a few words'
const person = (name: string) => ({
  name,
  email: `${name.toLowerCase()}@company.example`,
  role: 'viewer',
  password: newPassword,
})
const conflict = { code: 'conflict' }
const roleOf = async (id: string) =>
  (await people.deps.db.user.findUniqueOrThrow({ where: { id }, select: { role: true } })).role

describe('only an owner', () => {
  it.each([
    ['adds a person', (actor: UserActor) => addPerson(people.deps, actor, person('Nobody'))],
    [
      'changes a role',
      (actor: UserActor) => changeRole(people.deps, actor, { userId: admin.id, role: 'owner' }),
    ],
    ['disables a person', (actor: UserActor) => disablePerson(people.deps, actor, { userId: owner.id })],
    ['enables a person', (actor: UserActor) => enablePerson(people.deps, actor, { userId: owner.id })],
  ])('%s', async (_words, act) => {
    const viewer = await people.makePerson(`Viewer${people.deps.random.bytes(4).join('')}`, 'viewer')
    const users = await people.deps.db.user.findMany({ orderBy: { id: 'asc' } })
    await expect(act(admin)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(act(viewer)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await people.deps.db.user.findMany({ orderBy: { id: 'asc' } })).toEqual(users)
  })
})

describe('adding a person', () => {
  it('makes an account that signs in with the given password', async () => {
    const { userId } = await addPerson(people.deps, owner, { ...person('Ada'), email: 'Ada@Company.example' })
    const signedIn = await signIn(
      people.deps,
      { email: 'ada@company.example', password: newPassword },
      fromHome,
    )
    expect(signedIn).toMatchObject({ userId, name: 'Ada' })
    expect((await people.trail('user.created')).at(-1)).toEqual({
      actorName: 'Owner',
      subjectId: userId,
      subjectName: 'ada@company.example',
      detail: { role: 'viewer' },
    })
    expect(await people.written()).not.toContain(newPassword)
  })

  it('refuses an e-mail address that is taken, and says by whom', async () => {
    await addPerson(people.deps, owner, person('Grace'))
    const twin = { ...person('Twin'), email: 'GRACE@company.example' }
    await expect(addPerson(people.deps, owner, twin)).rejects.toMatchObject({
      ...conflict,
      message: 'Grace has an account with this e-mail address already.',
      detail: { field: 'email' },
    })
  })

  it('points to a disabled account instead of making a second one', async () => {
    const { userId } = await addPerson(people.deps, owner, person('Former'))
    await disablePerson(people.deps, owner, { userId })
    await expect(addPerson(people.deps, owner, person('Former'))).rejects.toMatchObject({
      ...conflict,
      message: expect.stringContaining('Enable it instead'),
    })
  })

  it('refuses one of two at once in words', async () => {
    const results = await Promise.allSettled([
      addPerson(people.deps, owner, person('Race')),
      addPerson(people.deps, owner, person('Race')),
    ])
    const refused = results.filter((result) => result.status === 'rejected')
    expect(refused).toMatchObject([{ reason: conflict }])
  })

  it.each([
    ['name', { name: ' ' }],
    ['name', { name: 'Line\u0000break' }],
    ['email', { email: 'nobody' }],
    ['role', { role: 'root' }],
    ['password', { password: 'too short' }],
    ['password', { password: 'x'.repeat(201) }],
  ])('names the wrong field: %s', async (field, wrong) => {
    const attempt = addPerson(people.deps, owner, { ...person('Wrong'), ...wrong })
    await expect(attempt).rejects.toMatchObject({ issues: [{ path: [field] }] })
  })
})

describe('changing a role', () => {
  it('is written down with both roles, and once', async () => {
    const { id: userId } = await people.makePerson('Riser', 'viewer')
    await changeRole(people.deps, owner, { userId, role: 'admin' })
    await changeRole(people.deps, owner, { userId, role: 'admin' })
    const trail = (await people.trail('user.role_changed')).filter(({ subjectId }) => subjectId === userId)
    expect(trail).toMatchObject([{ detail: { before: 'viewer', role: 'admin' } }])
  })

  it('never leaves Patchbay without an owner', async () => {
    await expect(changeRole(people.deps, owner, { userId: owner.id, role: 'viewer' })).rejects.toMatchObject(
      conflict,
    )
    const asleep = await people.makePerson('Asleep', 'owner')
    await disablePerson(people.deps, owner, { userId: asleep.id })
    await expect(changeRole(people.deps, owner, { userId: owner.id, role: 'viewer' })).rejects.toMatchObject(
      conflict,
    )
    await changeRole(people.deps, owner, { userId: asleep.id, role: 'viewer' })
    expect(await roleOf(owner.id)).toBe('owner')
  })

  it('leaves one owner when two demote each other at once', async () => {
    const second = await people.makePerson('Second', 'owner')
    await Promise.allSettled([
      changeRole(people.deps, owner, { userId: second.id, role: 'viewer' }),
      changeRole(people.deps, second, { userId: owner.id, role: 'viewer' }),
    ])
    const roles = [await roleOf(owner.id), await roleOf(second.id)]
    expect(roles.sort()).toEqual(['owner', 'viewer'])
    await people.deps.db.user.update({ where: { id: owner.id }, data: { role: 'owner' } })
    await people.deps.db.user.update({ where: { id: second.id }, data: { role: 'viewer' } })
  })

  it('finds nobody under an id that is none', async () => {
    await expect(changeRole(people.deps, owner, { userId: 'usr_0', role: 'viewer' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('disabling a person', () => {
  it('ends all their sessions and counts them', async () => {
    const here = await people.makePerson('Leaver', 'admin')
    const there = await people.openSessionOf(here)
    expect(await disablePerson(people.deps, owner, { userId: here.id })).toEqual({ sessionsEnded: 2 })
    expect(await disablePerson(people.deps, owner, { userId: here.id })).toEqual({ sessionsEnded: 0 })
    expect(await sessionActor(people.deps, here.sessionId)).toBeNull()
    expect(await sessionActor(people.deps, there.sessionId)).toBeNull()
    const trail = (await people.trail('user.disabled')).filter(({ subjectId }) => subjectId === here.id)
    expect(trail).toMatchObject([{ actorName: 'Owner', detail: { sessionsEnded: 2 } }])
  })

  it('is never done to oneself', async () => {
    await people.makePerson('Deputy', 'owner')
    await expect(disablePerson(people.deps, owner, { userId: owner.id })).rejects.toMatchObject(conflict)
    expect(await sessionActor(people.deps, owner.sessionId)).not.toBeNull()
  })

  it('leaves one owner when two disable each other at once', async () => {
    const twins = await Promise.all([
      people.makePerson('TwinA', 'owner'),
      people.makePerson('TwinB', 'owner'),
    ])
    const [a, b] = twins
    const others = await people.deps.db.user.findMany({
      where: { role: 'owner', disabledAt: null, id: { notIn: [a.id, b.id] } },
    })
    for (const { id } of others) {
      await people.deps.db.user.update({ where: { id }, data: { role: 'admin' } })
    }
    await Promise.allSettled([
      disablePerson(people.deps, a, { userId: b.id }),
      disablePerson(people.deps, b, { userId: a.id }),
    ])
    expect(await people.deps.db.user.count({ where: { role: 'owner', disabledAt: null } })).toBe(1)
    await people.deps.db.user.update({ where: { id: owner.id }, data: { role: 'owner' } })
  })

  it('is undone by enabling, with the role as before, and written down once', async () => {
    const { id: userId, email } = await people.makePerson('Back', 'admin')
    await disablePerson(people.deps, owner, { userId })
    await enablePerson(people.deps, owner, { userId })
    await enablePerson(people.deps, owner, { userId })
    expect(await people.deps.db.user.findUniqueOrThrow({ where: { id: userId } })).toMatchObject({
      email,
      role: 'admin',
      disabledAt: null,
    })
    expect((await people.trail('user.enabled')).filter(({ subjectId }) => subjectId === userId)).toHaveLength(
      1,
    )
    await expect(enablePerson(people.deps, owner, { userId: 'usr_0' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
