'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { runAction } from '@/app/run-action'
import type { ActionState } from '@/components/forms/action-state'
import { deps, settleOtherAccount } from '@/lib/server'

const schema = z.object({
  pending: z.string().max(64),
  choice: z.enum(['add_as_new', 'replace', 'discard']),
})

/** What becomes of an account that came back in place of another. */
export async function settleAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    const { pending, choice } = schema.parse(Object.fromEntries(form))
    const { connectionId } = await settleOtherAccount(deps(), actor, { pendingId: pending, choice })
    if (connectionId) redirect(`/connections/${connectionId}`)
    return 'Discarded. Now sign in with the right account.'
  })
}
