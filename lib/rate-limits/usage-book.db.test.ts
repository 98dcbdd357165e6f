import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { type TestDeps, testDeps } from '../../tests/test-deps'
import { usedCall as call } from './test-call'

let database: TestDatabase
let world: TestDeps
beforeAll(async () => {
  database = await testDatabase()
  world = await testDeps(database)
  world.deps.clock.set(new Date('2026-11-02T10:01:30Z'))
})
afterAll(async () => {
  await world.close()
  await database.close()
})

const rowsOf = (connectionId: string) =>
  database.db.usageMinute.findMany({
    where: { connectionId },
    orderBy: [{ minute: 'asc' }, { route: 'asc' }],
  })

test('calls are added up by minute, route and outcome, whoever writes them when', async () => {
  const { usage, clock } = world.deps
  for (const result of [200, 304, 404, 429, 'held', 500, null] as const) usage.add(call({ result }))
  await usage.flush()
  usage.add(call({ path: '/api/v2/prospects/8' }))
  usage.add(call({ path: '/api/v2/accounts', apiKeyId: null, method: 'BREW' }))
  clock.advance(60_000)
  usage.add(call({ bytesDown: 5_000_000_000 }))
  await usage.flush()
  expect(await rowsOf('con_1')).toMatchObject([
    { route: '/api/v2/accounts', apiKeyId: '', method: 'OTHER', calls: 1 },
    {
      minute: new Date('2026-11-02T10:01:00Z'),
      route: '/api/v2/prospects/{id}',
      apiKeyId: 'apk_1',
      bucket: 'outreach:user:1:7',
      calls: 7,
      ok: 3,
      refused: 1,
      limited: 1,
      held: 1,
      failed: 2,
      bytesUp: 80n,
      bytesDown: 8_000n,
      durationMs: 160n,
    },
    { minute: new Date('2026-11-02T10:02:00Z'), calls: 1, bytesDown: 5_000_000_000n },
  ])
})

test('a connection that calls everything has some routes, and the rest together', async () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  const paths = letters.flatMap((one) => letters.map((other) => `/api/v2/thing${one}${other}`))
  for (const path of paths) world.deps.usage.add(call({ connectionId: 'con_2', path }))
  await world.deps.usage.flush()
  const rows = await rowsOf('con_2')
  expect(rows).toHaveLength(201)
  expect(rows.find(({ route }) => route === 'other')).toMatchObject({ calls: paths.length - 200 })
})

test('figures that cannot be written wait for the next time', async () => {
  const { usage } = world.deps
  await database.pool.query('ALTER TABLE usage_minute RENAME TO usage_gone')
  usage.add(call({ connectionId: 'con_3' }))
  await usage.flush()
  await database.pool.query('ALTER TABLE usage_gone RENAME TO usage_minute')
  usage.add(call({ connectionId: 'con_3' }))
  await usage.flush()
  expect(await rowsOf('con_3')).toMatchObject([{ calls: 2 }])
  expect(world.logLines.join('')).toContain('could not be added')
})
