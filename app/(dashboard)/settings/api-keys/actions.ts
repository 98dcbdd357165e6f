'use server'

import { runAction } from '@/app/run-action'
import type { ActionState } from '@/components/forms/action-state'
import { type ApiScope, apiScopes } from '@/lib/core/api-scopes'
import { PatchbayError } from '@/lib/core/errors'
import {
  changeKey,
  createKey,
  currentActor,
  deps,
  type ReachableConnections,
  reachableConnections,
  revokeKey,
} from '@/lib/server'
import { readExpiry, readLimit } from './read-key-form'

/** A key on its one way to a page. */
export type ShownKey = {
  id: string
  key: string
  /** To try it with: what it may do, and the first of the connections that it is limited to. */
  may: { scopes: ApiScope[]; connectionId: string | null }
}

export async function createKeyAction(
  _: ActionState,
  form: FormData,
): Promise<ActionState & { shown?: ShownKey }> {
  const made: ShownKey[] = []
  const state = await runAction(async (actor) => {
    const scopes = form.getAll('scope')
    const { providers, connectionIds } = reachOf(form)
    const { id, key } = await createKey(deps(), actor, {
      name: form.get('name'),
      scopes,
      providers,
      connectionIds,
      expiresAt: readExpiry(form, deps().clock.now()),
      requestsPerMinute: readLimit(form),
    })
    const may = {
      scopes: apiScopes.filter((scope) => scopes.includes(scope)),
      connectionId: connectionIds.length > 0 ? String(connectionIds[0]) : null,
    }
    made.push({ id, key: key.reveal(), may })
    return 'Key created.'
  })
  const [shown] = made
  return shown && state.kind === 'done' ? { ...state, shown } : state
}

export async function changeKeyAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    await changeKey(deps(), actor, {
      keyId: form.get('keyId'),
      name: form.get('name'),
      requestsPerMinute: readLimit(form),
    })
    return 'Saved.'
  })
}

export async function revokeKeyAction(_: ActionState, form: FormData): Promise<ActionState> {
  return runAction(async (actor) => {
    await revokeKey(deps(), actor, { keyId: form.get('keyId') })
    return 'Revoked. It opens nothing any more.'
  })
}

/** Connections to choose from; `null` for whoever is not signed in any more. */
export async function findConnectionsAction(search: string): Promise<ReachableConnections | null> {
  const actor = await currentActor()
  return actor && reachableConnections(deps(), actor, String(search))
}

function reachOf(form: FormData) {
  const reach = form.get('reach')
  const providers = reach === 'providers' ? form.getAll('provider') : []
  const connectionIds = reach === 'connections' ? form.getAll('connection') : []
  if (reach === 'providers' && providers.length === 0) {
    throw new PatchbayError('invalid_input', 'Choose at least one provider.', { field: 'reach' })
  }
  if (reach === 'connections' && connectionIds.length === 0) {
    throw new PatchbayError('invalid_input', 'Choose at least one connection.', { field: 'reach' })
  }
  return { providers, connectionIds }
}
