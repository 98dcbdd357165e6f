import { z } from 'zod'
import { defineAction } from '../kernel/action'
import { CLOCK_JUMPS, type Clock, type ClockJump } from '../kernel/clock'
import type { SandboxAction } from '../kernel/contract'

const presets = Object.keys(CLOCK_JUMPS).filter((name): name is ClockJump => name in CLOCK_JUMPS)
const MS_MAX = 366 * 86_400_000

export type ClockReading = { readonly now: string; readonly offsetMs: number }

/** The time of the sandbox as ISO 8601, and how far it is ahead in ms. */
export function readClock(clock: Clock): ClockReading {
  return { now: clock.now().toISOString(), offsetMs: clock.offsetMs() }
}

/** Moves the clock of all three providers forward, by `ms` or by one of the four jumps. */
export function advanceAction(clock: Clock): SandboxAction {
  const input = z.object({
    ms: z.number().int().min(0).max(MS_MAX).optional().describe('milliseconds'),
    preset: z.enum(presets).optional(),
  })
  const exactlyOne = input.refine(
    ({ ms, preset }) => (ms === undefined) !== (preset === undefined),
    'give either ms or preset',
  )
  return defineAction('Move the clock forward', input, (given) => {
    const { ms, preset } = exactlyOne.parse(given)
    clock.advance(preset === undefined ? (ms ?? 0) : CLOCK_JUMPS[preset])
    return readClock(clock)
  })
}
