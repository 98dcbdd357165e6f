import type { GrantKind, ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import { openApp } from '../provider-apps/open-app'
import { callContext, probeDeadlineMs } from './call-context'
import { openToken } from './pair-columns'
import { isDue } from './plan'

export type OldToken = {
  provider: ProviderId
  grantKind: GrantKind
  appId: string
  apiUrl: string | null
  generation: number
  pair: { accessTokenSealed: string; accessExpiresAt: Date | null } | null
}

/**
 * Whether the provider still takes the access token of an uncertain connection (design 3.4). It is asked once for all who read
 * within some seconds.
 */
export async function oldTokenLives(deps: Deps, connectionId: string, old: OldToken): Promise<boolean> {
  const { pair } = old
  if (!pair || isDue(pair, 1, deps.clock.now().getTime())) return false
  return deps.probes.share(`${connectionId} ${old.generation}`, () => probe(deps, connectionId, old, pair))
}

async function probe(
  deps: Deps,
  connectionId: string,
  old: OldToken,
  pair: NonNullable<OldToken['pair']>,
): Promise<boolean> {
  const app = await openApp(deps, old.appId)
  const accessToken = openToken(deps, connectionId, 'access_token_sealed', pair.accessTokenSealed)
  deps.metrics.providerCalls.inc({ provider: old.provider, call: 'probe' })
  const outcome = await deps.providers.get(old.provider).probe(callContext(deps, probeDeadlineMs), app, {
    grant: old.grantKind,
    accessToken,
    apiUrl: old.apiUrl,
  })
  return outcome.kind === 'alive'
}
