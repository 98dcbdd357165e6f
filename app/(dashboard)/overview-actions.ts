'use server'

import { z } from 'zod'
import { runAction } from '@/app/run-action'
import type { ActionState } from '@/components/forms/action-state'
import { deps, dismissFlow } from '@/lib/server'

const flowSchema = z.object({ flow: z.string().max(64) })

export async function dismissFlowAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    const { flow } = flowSchema.parse(Object.fromEntries(form))
    await dismissFlow(deps(), actor, { flowId: flow })
    return 'Dismissed.'
  })
}
