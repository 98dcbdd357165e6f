import { z } from 'zod'
import type { ProviderId } from '../core/provider'

const rotation = z.object({ connectionId: z.string() })

/** Every task of the queue with what its jobs carry. A job outlives the process that added it, so it is parsed when it runs. */
export const taskPayloads = {
  'rotate-outreach': rotation,
  'rotate-envoy': rotation,
  'rotate-outstand': rotation,
  /** Uses a stored access token for the first time, where the rotation itself did not come to it. */
  'first-use': z.object({ connectionId: z.string(), generation: z.number().int() }),
  /** Sends the notifications that wait. */
  notify: z.unknown(),
  /** Deletes what is past its time. */
  prune: z.unknown(),
}

export type TaskName = keyof typeof taskPayloads
export type TaskPayload<Name extends TaskName> = z.output<(typeof taskPayloads)[Name]>
/** What carries out a task. A job whose handler throws is tried again, ever later, until its attempts are used up. */
export type TaskHandler<Name extends TaskName> = (payload: TaskPayload<Name>) => Promise<void>
export type TaskHandlers = { [Name in TaskName]: TaskHandler<Name> }

/** Providers have a task each, so that what waits can be counted for each. */
export function rotationTask(provider: ProviderId) {
  return `rotate-${provider}` as const
}

/** A connection has one waiting rotation at most. */
export function rotationKey(connectionId: string): string {
  return `rotate:${connectionId}`
}
