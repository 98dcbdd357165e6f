import { afterEach, describe, expect, test } from 'vitest'
import { makeWorld, type World } from '../connections/test-world'
import { createCallGate } from '../renewal/call-gate'
import { rotateJob } from '../renewal/rotate-job'
import { sweep } from '../renewal/sweep'
import { manyGrants } from './testing/many-grants'

let world: World

afterEach(() => world.close())

const minute = 60_000
const half = 30_000

/** What workers do in the next half minute: all that is due, and what becomes due by that. */
async function work(): Promise<void> {
  world.deps.clock.advance(half)
  const { deps } = world
  const gate = createCallGate({ callsMax: 50, patienceMs: 30_000 })
  await sweep(deps)
  for (let turn = 0; turn < 20; turn += 1) {
    const due = await deps.db.connection.findMany({
      where: { lifecycle: 'live', nextAttemptAt: { lte: deps.clock.now() } },
      orderBy: { nextAttemptAt: 'asc' },
      select: { id: true },
    })
    if (due.length === 0) return
    for (let from = 0; from < due.length; from += 10)
      await Promise.all(due.slice(from, from + 10).map(({ id }) => rotateJob(deps, gate, id)))
  }
  throw new Error('the same connections are due again and again')
}

async function workFor(ms: number, each: (spentMs: number) => Promise<void> = async () => {}): Promise<void> {
  for (let spentMs = half; spentMs <= ms; spentMs += half) {
    await work()
    await each(spentMs)
  }
}

async function statuses(): Promise<Record<string, number>> {
  const rows = await world.deps.db.connection.groupBy({ by: ['ownStatus'], _count: true })
  return Object.fromEntries(rows.map(({ ownStatus, _count }) => [ownStatus, _count]))
}

async function told(): Promise<string[]> {
  const rows = await world.deps.db.notification.findMany({ orderBy: [{ at: 'asc' }, { id: 'asc' }] })
  return rows.map(({ kind }) => kind)
}

async function audited(): Promise<string[]> {
  const rows = await world.deps.db.auditEvent.findMany({ orderBy: [{ at: 'asc' }, { id: 'asc' }] })
  return rows.map(({ action }) => action)
}

const calls = () => world.doorkeeper.tokenCalls('refresh_token').length
const inMs = (ms: number) => new Date(world.deps.clock.now().getTime() + ms)

describe('a provider that refuses 300 connections at once', () => {
  test.each([
    { name: 'whose access tokens have ended', accessLeftMs: -minute, callsMax: 1_300 },
    { name: 'whose access tokens are good for an hour', accessLeftMs: 60 * minute, callsMax: 80 },
  ])('costs none of them, $name, and all heal by themselves', async ({ accessLeftMs, callsMax }) => {
    world = await makeWorld({})
    await manyGrants(world, { count: 300, accessLeftMs, nextAttemptAt: inMs(half) })
    world.doorkeeper.state.isBroken = true
    await workFor(10 * minute, async (spentMs) => {
      const { healthy = 0, retrying = 0, ...others } = await statuses()
      expect({ spentMs, others, all: healthy + retrying }).toEqual({ spentMs, others: {}, all: 300 })
    })
    expect(calls()).toBeLessThan(callsMax)
    expect(await told()).toEqual(['provider.trouble'])
    expect(await audited()).toEqual(['provider.trouble_began'])
    expect(await world.deps.db.providerTrouble.count()).toBe(1)

    world.doorkeeper.state.isBroken = false
    const before = calls()
    await workFor(2 * minute)
    expect(await statuses()).toEqual({ healthy: 300 })
    expect(calls() - before).toBeLessThanOrEqual(320)
    expect(await told()).toEqual(['provider.trouble', 'provider.recovered'])
    expect(await audited()).toEqual(['provider.trouble_began', 'provider.recovered'])
    expect(await world.deps.db.providerTrouble.count({ where: { endedAt: null } })).toBe(0)
  })
})
