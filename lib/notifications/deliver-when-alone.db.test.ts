import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../core/ids'
import { deliverWhenAlone } from './deliver-when-alone'
import { makeNoticeBench, type NoticeBench } from './testing/notice-bench'

let t: NoticeBench
beforeAll(async () => {
  t = await makeNoticeBench()
})
afterAll(() => t.close())

it('a process that only serves pages sends while no worker lives, and only then', async () => {
  await t.webhook()
  await t.happen('workers.stopped')
  const id = newId('process', t.deps.clock.now().getTime(), t.deps.random.bytes(10))
  await t.deps.db.$executeRaw`
    INSERT INTO process_beat (id, host, pid, roles, version, started_at, beat_at)
    VALUES (${id}, 'here', 1, ARRAY['web', 'worker'], '1', now(), now())`
  expect(await deliverWhenAlone(t.deps)).toBeNull()
  expect(t.receiver.calls).toHaveLength(0)
  await t.deps.db.$executeRaw`UPDATE process_beat SET beat_at = now() - interval '3 minutes'`
  expect(await deliverWhenAlone(t.deps)).toMatchObject({ tried: 1 })
  expect(t.receiver.calls).toHaveLength(1)
})
