import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disablePerson } from '../auth/disable-person'
import { sessionTtlS } from '../auth/sessions'
import { makePeople, type People } from '../auth/test-people'
import type { UserActor } from '../core/actor'
import { settingsPage } from './settings-page'

let people: People
let owner: UserActor
let viewer: UserActor
beforeAll(async () => {
  people = await makePeople({ SANDBOX: 'on', SANDBOX_PORT: '4001' })
  const expired = await people.makePerson('Expired', 'viewer')
  people.deps.clock.advance(sessionTtlS * 1000)
  await people.deps.db.user.update({
    where: { id: expired.id },
    data: { passwordHash: null, oidcSubject: 'x' },
  })
  owner = await people.makePerson('Olive', 'owner')
  viewer = await people.makePerson('Victor', 'viewer')
  await people.openSessionOf(viewer)
  const left = await people.makePerson('Adam', 'admin')
  await disablePerson(people.deps, owner, { userId: left.id })
})
afterAll(() => people.close())

describe('the settings', () => {
  it('list people by name, the disabled ones last, and how they sign in', async () => {
    const page = await settingsPage(people.deps, owner)
    expect(page.people).toMatchObject([
      { name: 'Expired', openSessions: 0, signsInWith: { password: false, oidc: true }, isOnlyOwner: false },
      {
        name: 'Olive',
        openSessions: 1,
        signsInWith: { password: true, oidc: false },
        isMe: true,
        isOnlyOwner: true,
      },
      { name: 'Victor', openSessions: 2, disabledAt: null, isMe: false },
      { name: 'Adam', openSessions: 0, disabledAt: people.deps.clock.now() },
    ])
    expect(JSON.stringify(page)).not.toContain('$argon2id')
  })

  it('mark this session, and show those of others to an owner only', async () => {
    const forOwner = await settingsPage(people.deps, owner)
    expect(forOwner.mayManage).toBe(true)
    expect(forOwner.mySessions).toMatchObject([
      { id: owner.sessionId, isCurrent: true, device: 'Firefox on Linux', address: '203.0.113.9' },
    ])
    expect(forOwner.otherSessions.map(({ personName }) => personName)).toEqual(['Victor', 'Victor'])
    const forViewer = await settingsPage(people.deps, viewer)
    expect(forViewer).toMatchObject({ mayManage: false, otherSessions: [], hasPassword: true })
    expect(forViewer.mySessions.map(({ isCurrent }) => isCurrent).sort()).toEqual([false, true])
  })

  it('tell what this Patchbay is', async () => {
    expect((await settingsPage(people.deps, viewer)).about).toEqual({
      appUrl: 'http://localhost:3000',
      embeddedDatabase: false,
      sandboxControlUrl: 'http://localhost:4004',
      environmentApps: 0,
      oidcHost: null,
      processes: [],
    })
  })

  it('list the processes that run, not one that has been killed', async () => {
    const { db, clock } = people.deps
    const at = (secondsAgo: number) => new Date(clock.now().getTime() - secondsAgo * 1000)
    const facts = { host: 'box', roles: ['worker'], version: '1.0.0' }
    await db.processBeat.createMany({
      data: [
        { ...facts, id: 'prc_2', pid: 2, startedAt: at(60), beatAt: at(5) },
        { ...facts, id: 'prc_1', pid: 1, startedAt: at(90), beatAt: at(100) },
        { ...facts, id: 'prc_0', pid: 9, startedAt: at(900), beatAt: at(130) },
      ],
    })
    const { processes } = (await settingsPage(people.deps, viewer)).about
    expect(processes).toEqual([
      { ...facts, id: 'prc_1', pid: 1, startedAt: at(90) },
      { ...facts, id: 'prc_2', pid: 2, startedAt: at(60) },
    ])
  })
})
