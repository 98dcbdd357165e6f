import { afterEach, describe, expect, test, vi } from 'vitest'
import { makeWorld, type World } from '../connections/test-world'
import type { LiveEvent } from '../core/live-event'
import { createCallGate } from '../renewal/call-gate'
import { rotateJob } from '../renewal/rotate-job'
import { sweep } from '../renewal/sweep'
import { rotateConnection } from './rotate-connection'
import { manyGrants } from './testing/many-grants'

let world: World

afterEach(() => world.close())

/** Hundreds of connections over an hour or two of the test's clock; a busy machine takes its time. */
vi.setConfig({ testTimeout: 360_000 })

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

test('a single grant that was revoked among many is told after its second refusal', async () => {
  world = await makeWorld({})
  const [revoked] = await manyGrants(world, { count: 20, accessLeftMs: -minute, nextAttemptAt: inMs(half) })
  for (const pair of world.doorkeeper.pairs.slice(0, 1)) pair.revoked = true
  await workFor(minute)
  expect(await statuses()).toEqual({ healthy: 19, retrying: 1 })
  await workFor(3 * minute)
  expect(await statuses()).toEqual({ healthy: 19, needs_reconnect: 1 })
  expect(await world.deps.db.connection.findFirst({ where: { ownStatus: 'needs_reconnect' } })).toMatchObject(
    {
      id: revoked,
    },
  )
  expect(await told()).toEqual(['connection.needs_reconnect'])
  expect(await world.deps.db.providerTrouble.count()).toBe(0)
})

test('a host that has revoked all its grants in truth is believed after an hour', async () => {
  world = await makeWorld({})
  await manyGrants(world, { count: 8, accessLeftMs: -minute, nextAttemptAt: inMs(half) })
  for (const pair of world.doorkeeper.pairs) pair.revoked = true
  await workFor(60 * minute)
  expect(await statuses()).toEqual({ retrying: 8 })
  await workFor(75 * minute)
  expect(await statuses()).toEqual({ needs_reconnect: 8 })
  expect(await told()).toEqual(['provider.trouble', ...Array(8).fill('connection.needs_reconnect')])
  expect(calls()).toBeLessThanOrEqual(8 * 30)
})

test('five grants that were revoked in truth among many good ones begin one trouble, and are told in the end', async () => {
  world = await makeWorld({})
  await manyGrants(world, { count: 5, accessLeftMs: -minute, nextAttemptAt: inMs(half) })
  await manyGrants(world, { count: 20, accessLeftMs: 90 * minute, nextAttemptAt: inMs(60 * minute) })
  for (const pair of world.doorkeeper.pairs.slice(0, 5)) pair.revoked = true
  await workFor(3 * minute)
  expect(await told()).toEqual(['provider.trouble', 'provider.recovered'])
  expect(await statuses()).toEqual({ healthy: 20, retrying: 5 })
  await workFor(50 * minute)
  expect(await statuses()).toEqual({ healthy: 20, needs_reconnect: 5 })
  expect((await told()).slice(2)).toEqual(Array(5).fill('connection.needs_reconnect'))
})

describe('a verdict that was believed shortly before', () => {
  async function believedThenTrouble(): Promise<void> {
    world = await makeWorld({})
    await manyGrants(world, { count: 1, accessLeftMs: -minute, nextAttemptAt: inMs(half) })
    for (const pair of world.doorkeeper.pairs) pair.revoked = true
    await workFor(3 * minute)
    expect(await statuses()).toEqual({ needs_reconnect: 1 })
    await manyGrants(world, { count: 12, accessLeftMs: -minute, nextAttemptAt: inMs(half) })
    world.doorkeeper.state.isBroken = true
    await workFor(minute)
    expect(await statuses()).toEqual({ retrying: 13 })
    expect(await told()).toEqual(['connection.needs_reconnect', 'provider.trouble'])
    world.doorkeeper.state.isBroken = false
  }

  test('is taken back, and its connection is told to be well again', async () => {
    await believedThenTrouble()
    for (const pair of world.doorkeeper.pairs) pair.revoked = false
    await workFor(4 * minute)
    expect(await statuses()).toEqual({ healthy: 13 })
    expect((await told()).slice(2).sort()).toEqual(['connection.recovered', 'provider.recovered'])
  })

  test('is told once, where it was right', async () => {
    await believedThenTrouble()
    await workFor(75 * minute)
    expect(await statuses()).toEqual({ healthy: 12, needs_reconnect: 1 })
    expect((await told()).slice(2)).toEqual(['provider.recovered'])
  })
})

test('two processes notice one trouble, tell open pages, and let one probe pass', async () => {
  world = await makeWorld({})
  const heard: LiveEvent[] = []
  world.deps.events.subscribe((event) => heard.push(event))
  const ids = await manyGrants(world, { count: 24, accessLeftMs: 60 * minute, nextAttemptAt: inMs(0) })
  world.doorkeeper.state.isBroken = true
  const processes = [world.deps, { ...world.deps, rotations: new Map() }]
  const rotateAll = (some: string[]) =>
    Promise.all(
      some.map((id, index) => rotateConnection(processes[index % 2] ?? world.deps, id, { cause: 'due' })),
    )
  await rotateAll(ids.slice(0, 12))
  await rotateAll(ids.slice(12, 16))
  expect(await world.deps.db.providerTrouble.count()).toBe(1)
  expect(await told()).toEqual(['provider.trouble'])
  await expect.poll(() => heard).toContainEqual({ topic: 'app', id: '*' })
  const before = calls()
  expect(before).toBeLessThanOrEqual(13)
  world.deps.clock.advance(half)
  await rotateAll(ids.slice(16))
  expect(calls() - before).toBe(1)
})
