'use server'

import { runAction } from '@/app/run-action'
import type { ActionState } from '@/components/forms/action-state'
import { deps, type TriedCall, tryCall } from '@/lib/server'

/** How a trial went: the provider's answer where there was one. */
export type TryState = { state: ActionState; path: string; tried: TriedCall | null }

/** Fields `connection` and `path`. */
export async function tryConnection(_previous: TryState, form: FormData): Promise<TryState> {
  const field = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const path = field('path')
  let tried: TriedCall | null = null
  const state = await runAction(async (actor) => {
    tried = await tryCall(deps(), actor, { connectionId: field('connection'), path })
    return null
  })
  return { state, path, tried }
}
