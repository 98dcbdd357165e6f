import { z } from 'zod'
import { defineAction } from '../kernel/action'
import type { SandboxAction } from '../kernel/contract'
import type { FaultTargets } from '../kernel/fault-actions'
import type { Faults } from '../kernel/faults'

/** The action `answer-429` as Envoy would: without any number, unless a test wants one (providers.md 2.10). */
export function tooManyAction(faults: Faults, targets: FaultTargets): SandboxAction {
  const input = z.object({
    on: z.enum(['token', 'api', 'any']).default('api').describe('which calls it happens to'),
    times: z.number().int().min(1).nullable().default(1).describe('how many calls; null until cleared'),
    retryAfter: z.string().nullable().default(null).describe('the header as it stands; null for none'),
  })
  return defineAction('Answer 429, without numbers', input, ({ on, times, retryAfter }) => {
    const paths = on === 'any' ? [] : targets[on]
    faults.add({ kind: 'status', status: 429, retryAfter, times, paths })
  })
}
