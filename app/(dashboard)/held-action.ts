'use server'

import { runAction } from '@/app/run-action'
import type { ActionState } from '@/components/forms/action-state'
import { deps, letDatabaseGoOn } from '@/lib/server'

/** "Go on with this database". */
export async function goOnWithDatabase(): Promise<ActionState> {
  return runAction(async (actor) => {
    await letDatabaseGoOn(deps(), actor)
    return 'This database goes on: what is due is renewed now.'
  })
}
