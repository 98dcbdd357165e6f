import { z } from 'zod'
import { defineAction } from '../../kernel/action'
import type { SandboxAction, SandboxContext } from '../../kernel/contract'
import type { Store } from '../../kernel/store'
import { HOURLY_LIMIT, installBucket, personBucket, setRemaining } from '../api/rate-window'
import { PEOPLE, personByEmail } from '../data/orgs'
import { type OutreachState, switchesSchema } from '../state'

const settingsInput = switchesSchema.partial()

/** The switches, the hourly limit and the maintenance. */
export function settingControls(
  context: SandboxContext,
  store: Store<OutreachState>,
): Record<string, SandboxAction> {
  const apply = async (changes: z.output<typeof settingsInput>) => {
    Object.assign(store.state.switches, settingsInput.parse(changes))
    await store.commit()
    return store.state.switches
  }
  return {
    settings: defineAction('Choose what the documents leave open', settingsInput, apply),
    'rate-headers': defineAction(
      'Write the limit headers in another known form',
      switchesSchema.pick({ remaining: true, reset: true }).partial(),
      apply,
    ),
    remaining: defineAction(
      'Leave so many requests in the present hour',
      z.object({
        person: z
          .enum(PEOPLE.map((one) => one.email))
          .nullable()
          .default(null)
          .describe('null: everybody, and every install'),
        left: z.number().int().min(0).max(HOURLY_LIMIT).default(0),
      }),
      async ({ person, left }) => {
        for (const bucket of bucketsOf(store.state, person))
          setRemaining(store.state.counters, bucket, left, context.clock.nowMs())
        await store.commit()
      },
    ),
    maintenance: defineAction(
      'Answer every API call with 503 and an instant as Retry-After',
      z.object({ minutes: z.number().int().min(0).max(10_080).default(10).describe('0 ends it') }),
      async ({ minutes }) => {
        store.state.maintenanceUntilMs = minutes === 0 ? null : context.clock.nowMs() + minutes * 60_000
        await store.commit()
      },
    ),
  }
}

function bucketsOf(state: OutreachState, email: string | null): string[] {
  if (email === null)
    return [
      ...PEOPLE.map((one) => personBucket(one.id)),
      ...state.installs.map((install) => installBucket(install.guid)),
    ]
  const person = personByEmail(email)
  return person === undefined ? [] : [personBucket(person.id)]
}
