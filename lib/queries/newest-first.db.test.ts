import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { type TestDeps, testDeps } from '../../tests/test-deps'
import { writeAudit } from '../audit/write-audit'
import type { UserActor } from '../core/actor'
import { activityPage } from './activity-page'

let database: TestDatabase
let t: TestDeps
const viewer: UserActor = {
  kind: 'user',
  id: 'usr_1',
  name: 'Vic',
  email: 'vic@company.example',
  role: 'viewer',
  sessionId: 'ses_1',
}

beforeAll(async () => {
  database = await testDatabase()
  t = await testDeps(database)
  for (let index = 0; index < 120; index += 1) {
    t.deps.clock.advance(1)
    const actor = index % 2 === 0 ? viewer : ({ kind: 'system', name: 'Patchbay' } as const)
    await t.deps.db.$transaction((tx) =>
      writeAudit(tx, t.deps, actor, {
        action: 'connection.renamed',
        subject: { kind: 'connection', id: 'con_none', name: `account ${index}` },
      }),
    )
  }
})
afterAll(async () => {
  await t.close()
  await database.close()
})

const numbers = (page: { entries: { subjectName: string }[] }) =>
  page.entries.map((entry) => Number(entry.subjectName.split(' ')[1]))

it('goes through the whole trail, newest first, without a gap or a repeat', async () => {
  const seen: number[] = []
  let older: string | undefined
  for (;;) {
    const page = await activityPage(t.deps, viewer, { older })
    seen.push(...numbers(page))
    if (!page.olderThan) break
    older = page.olderThan
  }
  expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => 119 - index))
})

it('goes back by the same pages, and the first is whole', async () => {
  const first = await activityPage(t.deps, viewer, {})
  const second = await activityPage(t.deps, viewer, { older: first.olderThan })
  const third = await activityPage(t.deps, viewer, { older: second.olderThan })
  expect(third.olderThan).toBeNull()
  const back = await activityPage(t.deps, viewer, { newer: third.newerThan })
  expect(numbers(back)).toEqual(numbers(second))
  const front = await activityPage(t.deps, viewer, { newer: back.newerThan })
  expect(numbers(front)).toEqual(numbers(first))
  expect(front.newerThan).toBeNull()
})

it('filters by who acted, and takes an odd filter or place for none', async () => {
  const people = await activityPage(t.deps, viewer, { actor: 'user' })
  expect(numbers(people).every((number) => number % 2 === 0)).toBe(true)
  const odd = await activityPage(t.deps, viewer, { actor: "' OR 1=1", older: 'evt_', subject: ['user'] })
  expect(odd.filters).toEqual({ actor: null, subject: null })
  expect(numbers(odd)[0]).toBe(119)
})

it('links no entry to a connection that does not exist', async () => {
  const page = await activityPage(t.deps, viewer, {})
  expect(page.entries[0]).toMatchObject({ what: 'renamed', href: null, actorName: 'Patchbay' })
})
