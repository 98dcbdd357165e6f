import { afterAll, beforeAll, expect, it } from 'vitest'
import { changeOwnPassword } from './change-own-password'
import { sessionActor } from './sessions'
import { signIn } from './sign-in'
import { fromHome, goodPassword, makePeople, type People } from './test-people'

let people: People
beforeAll(async () => {
  people = await makePeople()
})
afterAll(() => people.close())

const nextPassword = 'another sentence of words'
const input = { currentPassword: goodPassword, password: nextPassword }

it('ends the other sessions and keeps this one', async () => {
  const here = await people.makePerson('Ada', 'viewer')
  const there = await people.openSessionOf(here)
  const other = await people.makePerson('Other', 'viewer')
  expect(await changeOwnPassword(people.deps, here, input)).toEqual({ sessionsEnded: 1 })
  expect(await sessionActor(people.deps, here.sessionId)).not.toBeNull()
  expect(await sessionActor(people.deps, there.sessionId)).toBeNull()
  expect(await sessionActor(people.deps, other.sessionId)).not.toBeNull()
  expect(await signIn(people.deps, { email: here.email, password: goodPassword }, fromHome)).toBeNull()
  expect(await signIn(people.deps, { email: here.email, password: nextPassword }, fromHome)).not.toBeNull()
  expect(await people.trail('user.password_changed')).toMatchObject([
    { subjectId: here.id, detail: { sessionsEnded: 1 } },
  ])
})

it('needs the current password, and a new one that is different and long enough', async () => {
  const ada = await people.makePerson('Wrong', 'viewer')
  const change = (more: object) => changeOwnPassword(people.deps, ada, { ...input, ...more })
  await expect(change({ currentPassword: 'guess' })).rejects.toMatchObject({
    code: 'invalid_input',
    detail: { field: 'currentPassword' },
  })
  await expect(change({ password: goodPassword })).rejects.toMatchObject({ detail: { field: 'password' } })
  await expect(change({ password: 'short' })).rejects.toMatchObject({ issues: [{ path: ['password'] }] })
  await expect(change({ currentPassword: '' })).rejects.toMatchObject({
    issues: [{ path: ['currentPassword'] }],
  })
  expect(await signIn(people.deps, { email: ada.email, password: goodPassword }, fromHome)).not.toBeNull()
})

it('is refused after ten tries, also with the right password, and for nobody else', async () => {
  const ada = await people.makePerson('Guessed', 'viewer')
  for (let tries = 0; tries < 10; tries += 1) {
    await expect(
      changeOwnPassword(people.deps, ada, { ...input, currentPassword: 'guess' }),
    ).rejects.toMatchObject({ code: 'invalid_input' })
  }
  await expect(changeOwnPassword(people.deps, ada, input)).rejects.toMatchObject({
    code: 'too_many_requests',
  })
  const other = await people.makePerson('Calm', 'viewer')
  await changeOwnPassword(people.deps, other, input)
})

it('changes once when two changes come at once', async () => {
  const ada = await people.makePerson('Twice', 'viewer')
  const results = await Promise.allSettled([
    changeOwnPassword(people.deps, ada, input),
    changeOwnPassword(people.deps, ada, { ...input, password: 'a third sentence of words' }),
  ])
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

it('is not for a person who has no password', async () => {
  const ada = await people.makePerson('Oidc', 'viewer')
  await people.deps.db.user.update({ where: { id: ada.id }, data: { passwordHash: null } })
  await expect(changeOwnPassword(people.deps, ada, input)).rejects.toMatchObject({ code: 'conflict' })
})

it('leaves no password in the trail or the log', async () => {
  const written = await people.written()
  for (const secret of [goodPassword, nextPassword, '$argon2id']) expect(written).not.toContain(secret)
})
