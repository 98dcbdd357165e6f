import { describe, expect, it } from 'vitest'
import { CLOCK_JUMPS, createClock } from './clock'
import { testContext } from './test-context'

describe('the clock', () => {
  it('is real time plus an offset that is kept', () => {
    const kept: number[] = []
    const clock = createClock({ offsetMs: 5_000, keep: (ms) => void kept.push(ms) }, () => 1_000)
    expect(clock.nowMs()).toBe(6_000)
    clock.advance(CLOCK_JUMPS['2h'])
    expect(clock.nowMs()).toBe(6_000 + 7_200_000)
    expect(kept).toEqual([5_000 + 7_200_000])
    expect(() => clock.advance(-1)).toThrow(RangeError)
  })
})

describe('the schedule', () => {
  it('runs what a jump of the clock passes over, in order, and nothing before', async () => {
    const { clock, schedule } = testContext('outreach')
    const ran: string[] = []
    schedule.after(15_000, () => void ran.push('second'))
    schedule.after(10_000, () => void ran.push('first'))
    schedule.after(90_000, () => void ran.push('third'))
    clock.advance(9_999)
    await schedule.idle()
    expect(ran).toEqual([])
    clock.advance(10_000)
    await schedule.idle()
    expect(ran).toEqual(['first', 'second'])
    expect(schedule.pending()).toBe(1)
  })

  it('waits for tasks that tasks have planned for now', async () => {
    const { schedule } = testContext('outreach')
    const ran: string[] = []
    schedule.after(0, () => schedule.after(0, () => void ran.push('inner')))
    await schedule.idle()
    expect(ran).toEqual(['inner'])
  })
})
