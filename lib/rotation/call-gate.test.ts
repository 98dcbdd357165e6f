import { describe, expect, test } from 'vitest'
import { type CallGate, createCallGate } from './call-gate'

const well = { appId: 'a', provider: 'p', failing: false }
const patienceMs = 60_000

function gateOf(options: Partial<Parameters<typeof createCallGate>[0]> = {}) {
  return createCallGate({ callsMax: 10, providerMax: 100, patienceMs, ...options })
}

/** Those who got in at once; the others wait or were sent away. */
async function fill(gate: CallGate, count: number, caller = well) {
  const entries = Array.from({ length: count }, () => gate.enter(caller))
  const state = await Promise.all(
    entries.map((entry) => Promise.race([entry, new Promise<'waits'>((r) => setImmediate(r, 'waits'))])),
  )
  return {
    entries,
    waiting: state.filter((each) => each === 'waits').length,
    leaves: state.filter((each) => typeof each === 'function'),
  }
}

describe('the gate', () => {
  test('lets so many calls of one app through at once, and another app as well', async () => {
    const gate = gateOf()
    const { leaves, waiting } = await fill(gate, 12)
    expect([leaves.length, waiting]).toEqual([10, 2])
    expect((await fill(gate, 10, { ...well, appId: 'b' })).leaves).toHaveLength(10)
    gate.close()
  })

  test('a place that is given back goes to who waited longest', async () => {
    const gate = gateOf({ callsMax: 1 })
    const first = await gate.enter(well)
    const second = gate.enter(well)
    first?.()
    first?.()
    const leave = await second
    expect(leave).toBeTypeOf('function')
    leave?.()
    expect(await gate.enter(well)).toBeTypeOf('function')
  })

  test('who waits in vain is sent away', async () => {
    const gate = gateOf({ callsMax: 1, patienceMs: 30 })
    await gate.enter(well)
    expect(await gate.enter(well)).toBeNull()
  })

  test('nobody waits behind an app that hangs', async () => {
    const gate = gateOf({ patienceMs: 30 })
    const { entries, waiting } = await fill(gate, 25)
    expect(waiting).toBe(10)
    await Promise.all(entries)
    await expect.poll(async () => (await fill(gate, 1)).waiting, { interval: 40 }).toBe(0)
    expect(await gate.enter(well)).toBeNull()
  })

  test('as many wait as the app takes in the time they would wait', async () => {
    const gate = gateOf({ callsMax: 1 })
    let leave = await gate.enter(well)
    for (let ended = 0; ended < 30; ended++) {
      const next = gate.enter(well)
      leave?.()
      leave = await next
    }
    expect((await fill(gate, 50)).waiting).toBe(30)
    gate.close()
  })

  test('failing connections take half the places, the others all of them', async () => {
    const gate = gateOf()
    const failing = { ...well, failing: true }
    const { leaves } = await fill(gate, 8, failing)
    expect(leaves).toHaveLength(5)
    expect((await fill(gate, 5)).leaves).toHaveLength(5)
    gate.close()
  })

  test('the apps of one provider together leave room for another provider', async () => {
    const gate = gateOf({ providerMax: 25 })
    const inside = await Promise.all(
      ['a', 'b', 'c', 'd'].map(async (appId) => (await fill(gate, 10, { ...well, appId })).leaves.length),
    )
    expect(inside.reduce((sum, count) => sum + count)).toBe(25)
    expect((await fill(gate, 10, { ...well, provider: 'other', appId: 'e' })).leaves).toHaveLength(10)
  })

  test('places are shared between the processes, four for each at least', async () => {
    const gate = gateOf({ callsMax: 50 })
    gate.setProcesses(5)
    expect((await fill(gate, 20)).leaves).toHaveLength(10)
    const many = gateOf({ callsMax: 50 })
    many.setProcesses(40)
    expect((await fill(many, 20)).leaves).toHaveLength(4)
    gate.close()
    many.close()
  })

  test('closed, it sends away those who wait and those who come', async () => {
    const gate = gateOf({ callsMax: 1 })
    await gate.enter(well)
    const waiting = gate.enter(well)
    gate.close()
    expect(await waiting).toBeNull()
    expect(await gate.enter(well)).toBeNull()
  })
})
