import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { silentWire } from '../../tests/silent-wire'
import type { LiveEvent } from '../core/live-event'
import { createEventBus } from './event-bus'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

let nowMs = 1_000_000
const now = () => nowMs

function nextEvent(bus: ReturnType<typeof createEventBus>): Promise<LiveEvent> {
  return new Promise((resolve) => {
    const end = bus.subscribe((event) => {
      end()
      resolve(event)
    })
  })
}

describe('live events', () => {
  it('reach another process over the database', async () => {
    const options = { pool: database.pool, url: database.url, now, onError: () => {} }
    const [here, there] = [createEventBus(options), createEventBus(options)]
    await there.start()
    const heard = nextEvent(there)
    await here.publish({ topic: 'connection', id: 'con_1' })
    expect(await heard).toEqual({ topic: 'connection', id: 'con_1' })
    await there.close()
  })

  it('ignore a payload that is not an event', async () => {
    const bus = createEventBus({ pool: database.pool, url: database.url, now, onError: () => {} })
    await bus.start()
    const heard = nextEvent(bus)
    await database.pool.query("SELECT pg_notify('patchbay_live', 'not json')")
    await database.pool.query('SELECT pg_notify(\'patchbay_live\', \'{"topic":"unheard of"}\')')
    await bus.publish({ topic: 'flow', id: 'flw_1' })
    expect(await heard).toEqual({ topic: 'flow', id: 'flw_1' })
    await bus.close()
  })

  it('go on after the database dropped the connection, and announce the gap', async () => {
    const bus = createEventBus({ pool: database.pool, url: database.url, now, onError: () => {} })
    await bus.start()
    const heard = nextEvent(bus)
    await database.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'patchbay live events' AND datname = current_database()",
    )
    expect(await heard).toEqual({ topic: 'connection', id: '*' })
    const next = nextEvent(bus)
    await bus.publish({ topic: 'app', id: 'app_1' })
    expect(await next).toEqual({ topic: 'app', id: 'app_1' })
    await bus.close()
  })

  it('are known to be missed when the connection hangs without a word, and go on', async () => {
    const wire = await silentWire(database.url)
    const watch = { everyMs: 20, deafAfterMs: 300, patienceMs: 500 }
    const bus = createEventBus({ pool: database.pool, url: wire.url, now, onError: () => {}, watch })
    await bus.start()
    const heard = nextEvent(bus)
    wire.fallSilent()
    expect(await heard).toEqual({ topic: 'connection', id: '*' })
    expect(bus.isListening()).toBe(true)
    await bus.close()
    wire.close()
  })

  it('that come late are not counted on meanwhile, and none is lost', async () => {
    const wire = await silentWire(database.url)
    const watch = { everyMs: 20, deafAfterMs: 200, patienceMs: 60_000 }
    const bus = createEventBus({ pool: database.pool, url: wire.url, now, onError: () => {}, watch })
    await bus.start()
    expect(bus.isListening()).toBe(true)
    wire.fallSilent()
    await expect.poll(() => bus.isListening()).toBe(false)
    await bus.publish({ topic: 'connection', id: 'con_2' })
    expect(bus.isListening()).toBe(false)
    const heard = nextEvent(bus).then((event) => ({ event, wasListening: bus.isListening() }))
    wire.speakAgain()
    expect(await heard).toEqual({ event: { topic: 'connection', id: 'con_2' }, wasListening: false })
    await expect.poll(() => bus.isListening()).toBe(true)
    await bus.close()
    wire.close()
  })

  it('are handed out again to who has read before it listened, and never more than once', async () => {
    const bus = createEventBus({ pool: database.pool, url: database.url, now, onError: () => {} })
    await bus.start()
    const all: LiveEvent[] = []
    bus.subscribe((event) => all.push(event))
    const publish = async (id: string) => {
      await bus.publish({ topic: 'flow', id })
      await expect.poll(() => all.at(-1)?.id).toBe(id)
    }
    nowMs += 10_000
    await publish('before')
    nowMs += 10_000
    const readAtMs = nowMs
    nowMs += 2_000
    await publish('between')
    const late: string[] = []
    bus.subscribe(({ id }) => late.push(id), readAtMs)
    const usual: string[] = []
    bus.subscribe(({ id }) => usual.push(id))
    await publish('after')
    expect(late).toEqual(['between', 'after'])
    expect(usual).toEqual(['after'])
    await bus.close()
  })

  it('that are kept no more are one event that means anything', async () => {
    const bus = createEventBus({ pool: database.pool, url: database.url, now, onError: () => {} })
    await bus.start()
    const told: LiveEvent[] = []
    bus.subscribe((event) => told.push(event), nowMs - 1)
    expect(told).toEqual([{ topic: 'connection', id: '*' }])
    await bus.close()
  })
})
