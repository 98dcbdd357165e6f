import type { SandboxContext } from '../kernel/contract'
import type { Store } from '../kernel/store'
import { randomToken } from '../kernel/tokens'
import type { EnvoyOauthApp, EnvoyPlugin } from './apps'
import type { EnvoyState } from './state'
import type { IssuedPair, Minting } from './token-pairs'

/** What every route and action of this Envoy works with. */
export type EnvoyParts = {
  readonly context: SandboxContext
  readonly store: Store<EnvoyState>
  readonly plugin: EnvoyPlugin
  readonly oauth: EnvoyOauthApp
}

export function mintingOf({ context }: EnvoyParts): Minting {
  return { nowMs: context.clock.nowMs(), randomText: randomToken }
}

/** Saves what was minted and tells the ledger of it; only then may it be handed out. */
export async function handOut({ context, store }: EnvoyParts, issued: IssuedPair): Promise<void> {
  context.issued('access_token', issued.accessToken)
  if (issued.refreshToken !== null) context.issued('refresh_token', issued.refreshToken)
  await store.commit()
}
