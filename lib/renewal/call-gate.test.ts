import { describe, expect, test } from 'vitest'
import { type CallGate, createCallGate, type GateEntry } from './call-gate'

const well = { appId: 'a', failing: false }

function gateOf(options: Partial<Parameters<typeof createCallGate>[0]> = {}) {
  return createCallGate({ callsMax: 10, patienceMs: 60_000, ...options })
}

const nextTurn = () => new Promise<'waits'>((resolve) => setImmediate(resolve, 'waits'))

/** What became of many callers at once. */
async function fill(gate: CallGate, count: number, caller = well) {
  const entries = Array.from({ length: count }, () => gate.enter(caller))
  const states = await Promise.all(entries.map((entry) => Promise.race([entry, nextTurn()])))
  const kinds = states.map((state) => (state === 'waits' ? state : state.kind))
  return {
    entries,
    in: countOf(kinds, 'in'),
    waits: countOf(kinds, 'waits'),
    away: countOf(kinds, 'sent_away'),
  }
}

const countOf = (all: readonly string[], one: string) => all.filter((each) => each === one).length
const leave = (entry: GateEntry) => entry.kind === 'in' && entry.leave()

describe('the gate', () => {
  test('lets so many calls of one app through at once, and another app as well', async () => {
    const gate = gateOf()
    expect(await fill(gate, 12)).toMatchObject({ in: 10, waits: 2 })
    expect(await fill(gate, 12, { ...well, appId: 'b' })).toMatchObject({ in: 10, waits: 2 })
    gate.close()
  })

  test('a place that is given back goes to who waited longest, once', async () => {
    const gate = gateOf({ callsMax: 1 })
    const first = await gate.enter(well)
    const [second, third] = [gate.enter(well), gate.enter(well)]
    leave(first)
    leave(first)
    leave(await second)
    leave(await third)
    expect(await fill(gate, 1)).toMatchObject({ in: 1 })
  })

  test('who waits in vain is sent away', async () => {
    const gate = gateOf({ callsMax: 1, patienceMs: 30 })
    await gate.enter(well)
    expect(await gate.enter(well)).toEqual({ kind: 'sent_away', comeBackMs: 20_000 })
  })

  test('nobody waits behind an app that hangs; the more come, the later they come back', async () => {
    let nowMs = 0
    const gate = gateOf({ patienceMs: 30, nowMs: () => nowMs })
    await Promise.all((await fill(gate, 15)).entries)
    nowMs = 30
    expect(await fill(gate, 1)).toMatchObject({ waits: 0, away: 1 })
    const crowd = await Promise.all((await fill(gate, 5_000)).entries)
    expect(crowd.map((entry) => entry.kind === 'sent_away' && entry.comeBackMs).at(-1)).toBe(120_000)
  })

  test('as many wait as the app takes in the time they would wait', async () => {
    let nowMs = 0
    const gate = gateOf({ callsMax: 1, nowMs: () => nowMs })
    let entry = await gate.enter(well)
    for (let ended = 0; ended < 70; ended++) {
      const next = gate.enter(well)
      nowMs += 1_000
      leave(entry)
      entry = await next
    }
    // So many calls ended within the first minute, its patience.
    expect(await fill(gate, 500)).toMatchObject({ waits: 59, away: 441 })
    gate.close()
  })

  test('who goes on with a rotation comes first, and is let in by a closed gate too', async () => {
    const gate = gateOf({ callsMax: 1 })
    const first = await gate.enter(well)
    const others = gate.enter(well)
    const goesOn = gate.enter({ ...well, begun: true })
    leave(first)
    expect((await goesOn).kind).toBe('in')
    gate.close()
    expect((await others).kind).toBe('sent_away')
    leave(await goesOn)
    expect((await gate.enter({ ...well, begun: true })).kind).toBe('in')
  })

  test('failing connections take half the places, the others all of them', async () => {
    const gate = gateOf()
    expect(await fill(gate, 8, { ...well, failing: true })).toMatchObject({ in: 5, waits: 3 })
    expect(await fill(gate, 5)).toMatchObject({ in: 5 })
    gate.close()
  })

  test('places are shared between the processes, four for each at least', async () => {
    const gate = gateOf({ callsMax: 50 })
    gate.setProcesses(5)
    expect(await fill(gate, 20)).toMatchObject({ in: 10 })
    const many = gateOf({ callsMax: 50 })
    many.setProcesses(40)
    expect(await fill(many, 20)).toMatchObject({ in: 4 })
    gate.close()
    many.close()
  })

  test('closed, it sends away those who wait and those who come, to come back at once', async () => {
    const gate = gateOf({ callsMax: 1 })
    await gate.enter(well)
    const waiting = gate.enter(well)
    gate.close()
    const away = { kind: 'sent_away', comeBackMs: 0 }
    expect([await waiting, await gate.enter(well)]).toEqual([away, away])
  })
})
