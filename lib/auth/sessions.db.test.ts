import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeRole } from './change-role'
import { disablePerson } from './disable-person'
import { enablePerson } from './enable-person'
import { endSession } from './end-session'
import { closeSession, sessionActor, sessionTtlS } from './sessions'
import { makePeople, type People } from './test-people'

let people: People
beforeAll(async () => {
  people = await makePeople()
})
afterAll(() => people.close())

describe('a session', () => {
  it('ends a week after its sign-in, however much it is used', async () => {
    const { sessionId } = await people.makePerson('Weekly', 'viewer')
    people.deps.clock.advance(sessionTtlS * 1000 - 1)
    expect(await sessionActor(people.deps, sessionId)).not.toBeNull()
    people.deps.clock.advance(1)
    expect(await sessionActor(people.deps, sessionId)).toBeNull()
  })

  it('is over after signing out, which the trail has once', async () => {
    const ada = await people.makePerson('Ada', 'viewer')
    await closeSession(people.deps, ada.sessionId)
    await closeSession(people.deps, ada.sessionId)
    expect(await sessionActor(people.deps, ada.sessionId)).toBeNull()
    expect(await people.trail('session.closed')).toMatchObject([{ subjectId: ada.sessionId }])
  })

  it('has no actor for an id that is none', async () => {
    expect(await sessionActor(people.deps, 'ses_nobody')).toBeNull()
    await closeSession(people.deps, 'ses_nobody')
  })

  it('has no actor while its person is disabled, and stays ended afterwards', async () => {
    const owner = await people.makePerson('Root', 'owner')
    const { id: userId, sessionId } = await people.makePerson('Left', 'admin')
    await disablePerson(people.deps, owner, { userId })
    expect(await sessionActor(people.deps, sessionId)).toBeNull()
    await enablePerson(people.deps, owner, { userId })
    expect(await sessionActor(people.deps, sessionId)).toBeNull()
  })

  it('has a new role from the next request on', async () => {
    const owner = await people.makePerson('Boss', 'owner')
    const { id: userId, sessionId } = await people.makePerson('Riser', 'viewer')
    await changeRole(people.deps, owner, { userId, role: 'admin' })
    expect(await sessionActor(people.deps, sessionId)).toMatchObject({ role: 'admin' })
  })

  it('notes when it was seen, every five minutes', async () => {
    const { sessionId } = await people.makePerson('Seen', 'viewer')
    const seenAt = async () =>
      (await people.deps.db.session.findUniqueOrThrow({ where: { id: sessionId } })).lastSeenAt
    const opened = await seenAt()
    people.deps.clock.advance(5 * 60 * 1000)
    await sessionActor(people.deps, sessionId)
    expect(await seenAt()).toEqual(opened)
    people.deps.clock.advance(1)
    await sessionActor(people.deps, sessionId)
    expect(await seenAt()).toEqual(people.deps.clock.now())
  })
})

describe('ending a session', () => {
  it('is for one’s own sessions, with any role', async () => {
    const here = await people.makePerson('Two', 'viewer')
    const there = await people.openSessionOf(here)
    await endSession(people.deps, here, { sessionId: there.sessionId })
    await endSession(people.deps, here, { sessionId: there.sessionId })
    expect(await sessionActor(people.deps, there.sessionId)).toBeNull()
    expect(await sessionActor(people.deps, here.sessionId)).not.toBeNull()
    const trail = await people.trail('session.ended')
    expect(trail.filter(({ subjectId }) => subjectId === there.sessionId)).toMatchObject([
      { actorName: 'Two', subjectName: here.email },
    ])
  })

  it('is for those of others only as an owner', async () => {
    const admin = await people.makePerson('Admin', 'admin')
    const owner = await people.makePerson('Owner', 'owner')
    const { sessionId } = await people.makePerson('Other', 'viewer')
    const refused = { code: 'not_found' }
    await expect(endSession(people.deps, admin, { sessionId })).rejects.toMatchObject(refused)
    await expect(endSession(people.deps, admin, { sessionId: 'ses_0' })).rejects.toMatchObject(refused)
    expect(await sessionActor(people.deps, sessionId)).not.toBeNull()
    await endSession(people.deps, owner, { sessionId })
    expect(await sessionActor(people.deps, sessionId)).toBeNull()
  })
})
