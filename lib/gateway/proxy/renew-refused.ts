import type { Deps } from '../../deps'
import { type FreshAccessToken, tokenInsteadOf } from '../../rotation/fresh-access-token'
import type { ProxyTarget } from './proxy-targets'

/** A token lives at least this long when a call begins. */
export const tokenTtlMs = 60_000
/** Of a token call that a proxied call waits for. */
export const tokenDeadlineMs = 20_000

/**
 * Another token in place of one that got a 401, for all calls that were refused with it at the same time. A connection whose
 * renewed token is refused as well is left alone for a minute: it is not its token that the provider does not like.
 *
 * @returns `null` when there is none; the 401 is the caller's affair then. Never rejects
 */
export async function renewRefused(
  deps: Deps,
  { connectionId }: ProxyTarget,
  refused: FreshAccessToken,
): Promise<FreshAccessToken | null> {
  const renewed = deps.proxyTargets.renewed.get(connectionId)
  if (renewed !== undefined && refused.generation > renewed) return null
  deps.proxyTargets.renewed.set(connectionId, refused.generation)
  try {
    return await tokenInsteadOf(deps, connectionId, refused, {
      minTtlMs: tokenTtlMs,
      deadlineMs: tokenDeadlineMs,
    })
  } catch (error) {
    deps.log.info({ err: error, connectionId }, 'a token that was refused could not be renewed')
    return null
  }
}
