import { createKey } from '../lib/api-keys/create-key'
import type { Actor } from '../lib/core/actor'
import type { ApiScope } from '../lib/core/api-scopes'
import type { Deps } from '../lib/deps'

export const benchActor: Actor = {
  kind: 'user',
  id: 'usr_bench',
  name: 'Bench',
  email: 'bench@example.com',
  role: 'admin',
  sessionId: 'ses_bench',
}

/** @returns a key for every connection, without a limit of its own */
export async function makeKey(deps: Deps, scopes: readonly ApiScope[]): Promise<string> {
  const { key } = await createKey(deps, benchActor, {
    name: 'Bench',
    scopes: [...scopes],
    providers: [],
    connectionIds: [],
    expiresAt: null,
    requestsPerMinute: null,
  })
  return key.reveal()
}
