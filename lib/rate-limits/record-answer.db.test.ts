import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { type TestDeps, testDeps } from '../../tests/test-deps'
import { type BucketOwner, bucketOf } from './bucket'
import { recordAnswers } from './record-answer'

let database: TestDatabase
let world: TestDeps
beforeAll(async () => {
  database = await testDatabase()
  world = await testDeps(database)
})
afterAll(async () => {
  await world.close()
  await database.close()
})

const at = new Date('2026-11-02T10:01:00Z')
const owner = (id: string, more: Partial<BucketOwner> = {}): BucketOwner => ({
  id,
  provider: 'outstand',
  grantKind: 'oauth_code',
  externalAccountId: null,
  externalOrgId: null,
  ...more,
})
const answer = (more: { at?: Date; headers?: Record<string, string> } = {}) => ({
  status: 200,
  headers: new Headers(more.headers),
  at: more.at ?? at,
})
const windowOf = (connection: BucketOwner) =>
  database.db.rateWindow.findUniqueOrThrow({ where: { bucket: bucketOf(connection) } })

test('answers that come at once are all counted, in their own buckets', async () => {
  const [first, second] = [owner('con_1'), owner('con_2')]
  await Promise.all([
    ...Array.from({ length: 30 }, () => recordAnswers(world.deps, first, null, [answer()])),
    ...Array.from({ length: 20 }, () => recordAnswers(world.deps, second, null, [answer(), answer()])),
  ])
  expect(await windowOf(first)).toMatchObject({ used: 30, limit: 300, remaining: 270, source: 'own_count' })
  expect(await windowOf(second)).toMatchObject({ used: 40, remaining: 260 })
})

test('a new window begins at none, and an unknown limit leaves nothing to remain', async () => {
  const envoy = owner('con_3', { provider: 'envoy' })
  await recordAnswers(world.deps, envoy, null, [answer(), answer()])
  expect(await windowOf(envoy)).toMatchObject({ used: 2, limit: null, remaining: null })
  await recordAnswers(world.deps, envoy, null, [answer({ at: new Date(at.getTime() + 3_600_000) })])
  expect(await windowOf(envoy)).toMatchObject({ used: 1, limit: null, remaining: null })
})

test('of the provider’s own figures the newest stay', async () => {
  const user = owner('con_4', { provider: 'outreach', externalAccountId: '7', externalOrgId: '1' })
  const figures = (remaining: number, later: number) =>
    answer({
      at: new Date(at.getTime() + later),
      headers: { 'x-ratelimit-limit': '10000', 'x-ratelimit-remaining': String(remaining) },
    })
  await Promise.all(
    [9000, 8000, 9500].map((remaining, index) =>
      recordAnswers(world.deps, user, null, [figures(remaining, [1000, 2000, 0][index] ?? 0)]),
    ),
  )
  expect(await windowOf(user)).toMatchObject({ remaining: 8000, used: 2000, source: 'headers' })
})
