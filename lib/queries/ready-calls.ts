import { type Actor, requireRole } from '../core/actor'
import type { GrantKind, ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import type { ReadyCall } from '../providers/manifest'

/**
 * Calls that can be tried with a connection of this kind.
 *
 * @throws PatchbayError `forbidden`
 */
export function readyCalls(
  deps: Pick<Deps, 'providers'>,
  actor: Actor,
  { provider, grantKind }: { provider: ProviderId; grantKind: GrantKind },
): readonly ReadyCall[] {
  requireRole(actor, 'viewer')
  return deps.providers.get(provider).manifest.readyCalls(grantKind)
}
