import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeWorld, press, type World } from '../connections/test-world'
import { mintConnections } from '../renewal/testing/mint-connections'
import { prune } from './prune'

const day = 24 * 3_600_000

let world: World
beforeEach(async () => {
  world = await makeWorld({})
})
afterEach(() => world.close())

const ago = (days: number) => new Date(world.deps.clock.now().getTime() - days * day)
const idsOf = async (rows: Promise<{ id: string }[]>) => (await rows).map(({ id }) => id).sort()

test('the journal keeps ninety days, the newest twenty of each connection, and every open row', async () => {
  const [busy = '', quiet = ''] = await mintConnections(world.deps, {
    appId: world.appId,
    count: 2,
    nextAttemptAt: null,
  })
  const entry = (connectionId: string, days: number, outcome: 'renewed' | 'open' = 'renewed') => ({
    id: `${connectionId === busy ? 'busy' : 'quiet'}-${outcome}-${days}`,
    connectionId,
    kind: 'refresh' as const,
    cause: 'due',
    generation: 1,
    outcome,
    startedAt: ago(days),
  })
  const { rotationJournal } = world.deps.db
  await rotationJournal.createMany({
    data: [
      ...Array.from({ length: 19 }, (_, n) => entry(busy, n)),
      ...[89, 91, 92, 93].map((days) => entry(busy, days)),
      entry(busy, 200, 'open'),
      ...[100, 200, 300].map((days) => entry(quiet, days)),
    ],
  })
  await prune(world.deps)
  const left = await idsOf(rotationJournal.findMany({ where: { startedAt: { lt: ago(50) } } }))
  expect(left).toEqual([
    'busy-open-200',
    'busy-renewed-89',
    'quiet-renewed-100',
    'quiet-renewed-200',
    'quiet-renewed-300',
  ])
})

test('deliveries, ended sessions, throttle windows, setup tokens and notifications go when their time is over', async () => {
  const { db } = world.deps
  for (const days of [1, 400]) {
    const id = `${days} days`
    await db.webhookDelivery.create({
      data: { id, provider: 'envoy', dedupeKey: id, eventName: 'x', body: {}, receivedAt: ago(days) },
    })
    await db.session.create({
      data: { id, userId: world.admin.id, expiresAt: ago(days), endedAt: ago(days) },
    })
    await db.throttleWindow.create({ data: { bucket: id, windowStart: ago(days / 2), count: 1 } })
    await db.setupTokenUse.create({ data: { tokenHash: id, appId: world.appId, firstAt: ago(days) } })
    await db.notification.create({
      data: {
        id,
        kind: 'x',
        dedupeKey: id,
        at: ago(days),
        subjectKind: 'x',
        subjectId: 'x',
        subjectName: 'x',
      },
    })
  }
  await prune(world.deps)
  expect(await idsOf(db.webhookDelivery.findMany())).toEqual(['1 days'])
  expect(await idsOf(db.session.findMany())).toEqual(['1 days'])
  expect(await idsOf(db.notification.findMany())).toEqual(['1 days'])
  expect((await db.throttleWindow.findMany()).map(({ bucket }) => bucket)).toEqual(['1 days'])
  expect((await db.setupTokenUse.findMany()).map(({ tokenHash }) => tokenHash)).toEqual(['1 days'])
})

test('usage by minute and token reads go after thirty days, requested refreshes after one', async () => {
  const { db } = world.deps
  for (const days of [29, 31]) {
    const row = { minute: ago(days), connectionId: `${days} days`, apiKeyId: 'x' }
    await db.usageMinute.create({ data: { ...row, method: 'GET', route: '/', bucket: 'x' } })
    await db.tokenRead.create({ data: { ...row, reads: 1 } })
  }
  for (const hours of [23, 25]) {
    const request = { apiKeyId: 'x', idempotencyKey: `${hours} hours`, connectionId: 'x', generation: 1 }
    await db.refreshRequest.create({ data: { ...request, at: ago(hours / 24) } })
  }
  await prune(world.deps)
  expect((await db.usageMinute.findMany()).map(({ connectionId }) => connectionId)).toEqual(['29 days'])
  expect((await db.tokenRead.findMany()).map(({ connectionId }) => connectionId)).toEqual(['29 days'])
  expect((await db.refreshRequest.findMany()).map((row) => row.idempotencyKey)).toEqual(['23 hours'])
})

test('a press of Connect loses its secrets an hour after its end, and goes after ninety days', async () => {
  const { flowId } = await press(world)
  const { connectFlow } = world.deps.db
  const flow = () => connectFlow.findUnique({ where: { id: flowId }, select: { verifierSealed: true } })
  await prune(world.deps)
  expect((await flow())?.verifierSealed).not.toBeNull()
  world.deps.clock.advance(day)
  await prune(world.deps)
  expect(await flow()).toEqual({ verifierSealed: null })
  world.deps.clock.advance(91 * day)
  await prune(world.deps)
  expect(await flow()).toBeNull()
})

test('jobs that have given up are forgotten a day later', async () => {
  await world.deps.jobs.add('notify', {}, { key: 'old' })
  await world.deps.jobs.add('notify', {}, { key: 'new' })
  const { db } = world.deps
  await db.$executeRaw`UPDATE graphile_worker._private_jobs SET attempts = max_attempts`
  await db.$executeRaw`
    UPDATE graphile_worker._private_jobs SET updated_at = now() - interval '25 hours' WHERE key = 'old'`
  await prune(world.deps)
  expect(await db.$queryRaw`SELECT key FROM graphile_worker.jobs`).toEqual([{ key: 'new' }])
})

test('a kind that cannot be deleted keeps no other from its turn, and is told in the log', async () => {
  const { db } = world.deps
  await db.$executeRaw`ALTER TABLE rotation_journal RENAME TO elsewhere`
  await db.throttleWindow.create({ data: { bucket: 'x', windowStart: ago(400), count: 1 } })
  await prune(world.deps)
  expect(await db.throttleWindow.count()).toBe(0)
  expect(world.logLines.join('\n')).toContain('what is past its time was not deleted: journal')
})
