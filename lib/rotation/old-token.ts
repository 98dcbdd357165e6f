import type { Deps } from '../deps'
import { openApp } from '../provider-apps/open-app'
import { callContext, probeDeadlineMs } from './call-context'
import { openToken } from './pair-columns'
import { livesFor, type TokenRow, type Unsettled } from './read-token'

/**
 * Whether the provider still takes the access token of an uncertain connection (design 3.4). It is asked once for all who read
 * within some seconds.
 */
export async function oldTokenLives(
  deps: Deps,
  connectionId: string,
  old: TokenRow,
  unsettled: Unsettled,
): Promise<boolean> {
  if (!livesFor(old, 1, deps.clock.now().getTime())) return false
  return deps.probes.share(`${connectionId} ${old.generation}`, () =>
    probe(deps, connectionId, old, unsettled),
  )
}

async function probe(
  deps: Deps,
  connectionId: string,
  { provider, apiUrl, sealed }: TokenRow,
  { appId, grantKind }: Unsettled,
): Promise<boolean> {
  if (sealed === null) return false
  const app = await openApp(deps, appId)
  const accessToken = openToken(deps, connectionId, 'access_token_sealed', sealed)
  deps.metrics.providerCalls.inc({ provider, call: 'probe' })
  const outcome = await deps.providers
    .get(provider)
    .probe(callContext(deps, probeDeadlineMs), app, { grant: grantKind, accessToken, apiUrl })
  return outcome.kind === 'alive'
}
