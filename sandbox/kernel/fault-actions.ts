import { z } from 'zod'
import { defineAction } from './action'
import type { SandboxAction } from './contract'
import type { Faults } from './faults'

/** Path prefixes of the provider's two sorts of machine calls. */
export type FaultTargets = { readonly token: readonly string[]; readonly api: readonly string[] }

const aim = {
  on: z.enum(['token', 'api', 'any']).default('token').describe('which calls it happens to'),
  times: z.number().int().min(1).nullable().default(1).describe('how many calls; null until cleared'),
}

/** The actions that every provider has for playing faults. */
export function faultActions(faults: Faults, targets: FaultTargets): Record<string, SandboxAction> {
  const paths = (on: 'token' | 'api' | 'any') => (on === 'any' ? [] : targets[on])
  return {
    slow: defineAction(
      'Answer slowly',
      z.object({ ...aim, ms: z.number().int().min(1).max(600_000).default(5_000) }),
      ({ on, times, ms }) => faults.add({ kind: 'slow', ms, times, paths: paths(on) }),
    ),
    'answer-429': defineAction(
      'Answer 429',
      z.object({
        ...aim,
        retryAfter: z.string().nullable().default('60').describe('the header as it stands; null for none'),
      }),
      ({ on, times, retryAfter }) =>
        faults.add({ kind: 'status', status: 429, retryAfter, times, paths: paths(on) }),
    ),
    'answer-5xx': defineAction(
      'Answer with a server error',
      z.object({
        ...aim,
        status: z.number().int().min(500).max(599).default(503),
        retryAfter: z.string().nullable().default(null),
      }),
      ({ on, times, status, retryAfter }) =>
        faults.add({ kind: 'status', status, retryAfter, times, paths: paths(on) }),
    ),
    'lose-answer': defineAction('Carry the call out, then lose the answer', z.object(aim), ({ on, times }) =>
      faults.add({ kind: 'lose_answer', times, paths: paths(on) }),
    ),
    'drop-request': defineAction(
      'Cut the connection before the call is read',
      z.object(aim),
      ({ on, times }) => faults.add({ kind: 'drop', times, paths: paths(on) }),
    ),
    'answer-html': defineAction('Answer with a web page', z.object(aim), ({ on, times }) =>
      faults.add({ kind: 'html', times, paths: paths(on) }),
    ),
    'answer-empty': defineAction('Answer with nothing', z.object(aim), ({ on, times }) =>
      faults.add({ kind: 'empty', times, paths: paths(on) }),
    ),
    'answer-huge': defineAction(
      'Answer with a huge body',
      z.object({
        ...aim,
        bytes: z
          .number()
          .int()
          .min(1)
          .default(5 * 1024 * 1024),
      }),
      ({ on, times, bytes }) => faults.add({ kind: 'huge', bytes, times, paths: paths(on) }),
    ),
    'clear-faults': defineAction('Stop all faults', z.object({}), () => faults.clear()),
  }
}
