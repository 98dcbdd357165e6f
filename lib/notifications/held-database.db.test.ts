import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { planNotices } from '../jobs/plan-notices'
import { deliverDue } from './deliver-due'
import { makeNoticeBench, type NoticeBench } from './testing/notice-bench'

let t: NoticeBench
beforeAll(async () => {
  t = await makeNoticeBench()
})
beforeEach(async () => {
  await t.clear()
  await t.deps.db.instanceIdentity.deleteMany()
})
afterAll(() => t.close())

async function hold(): Promise<void> {
  await t.deps.db.instanceIdentity.create({
    data: {
      systemIdentifier: '1',
      databaseOid: 1,
      appUrl: 'https://patchbay.example.com',
      heldAt: t.deps.clock.now(),
    },
  })
}
const goOn = () => t.deps.db.instanceIdentity.updateMany({ data: { heldAt: null } })
const sent = () => t.receiver.calls.map(({ body }): string => JSON.parse(body.toString()).type)
const jobs = async () => {
  const [row] = await t.deps.db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM graphile_worker.jobs WHERE task_identifier = 'notify'`
  return row?.count
}

it('a copy sends that it is held, and nothing else until it goes on', async () => {
  await t.webhook()
  await t.happen('connection.needs_reconnect')
  await hold()
  await t.happen('database.held')
  expect(await deliverDue(t.deps)).toEqual({ tried: 1, nextAt: null })
  expect(sent()).toEqual(['database.held'])
  await goOn()
  await deliverDue(t.deps)
  expect(sent()).toEqual(['database.held', 'connection.needs_reconnect'])
})

it('what the original had given out already waits too, and calls for no worker', async () => {
  await t.webhook()
  t.answerWith(() => ({ status: 500 }))
  await t.happen('connection.needs_reconnect')
  await deliverDue(t.deps)
  await hold()
  t.answerWith()
  t.deps.clock.advance(60_000)
  expect(await deliverDue(t.deps)).toEqual({ tried: 0, nextAt: null })
  expect(t.receiver.calls).toHaveLength(1)
  await planNotices(t.deps)
  expect(await jobs()).toBe(0)
  await goOn()
  await planNotices(t.deps)
  expect(await jobs()).toBe(1)
  expect(await deliverDue(t.deps)).toMatchObject({ tried: 1 })
  expect(t.receiver.calls).toHaveLength(2)
})
