import type { ApiScope } from '../core/api-scopes'
import { PatchbayError } from '../core/errors'
import type { ProviderId } from '../core/provider'

/** A key that was checked: what its program may do. */
export type KeyHolder = {
  id: string
  name: string
  scopes: readonly ApiScope[]
  /** Empty: every provider. */
  providers: readonly ProviderId[]
  /** Empty: every connection. */
  connectionIds: readonly string[]
  requestsPerMinute: number | null
  expiresAt: Date | null
}

/** @throws PatchbayError `scope_missing` (detail `scope`) */
export function requireScope(key: Pick<KeyHolder, 'scopes'>, scope: ApiScope): void {
  if (key.scopes.includes(scope)) return
  throw new PatchbayError('scope_missing', `This key lacks the scope ${scope}.`, { scope })
}

/** Whether a key reaches a connection; one that it does not reach is answered as if it did not exist. */
export function mayReach(
  key: Pick<KeyHolder, 'providers' | 'connectionIds'>,
  connection: { id: string; provider: ProviderId },
): boolean {
  return (
    (key.providers.length === 0 || key.providers.includes(connection.provider)) &&
    (key.connectionIds.length === 0 || key.connectionIds.includes(connection.id))
  )
}
