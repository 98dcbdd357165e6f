import { timingSafeEqual } from 'node:crypto'
import type { ProviderId } from '../core/provider'
import { Secret } from '../core/secret'
import type { Deps } from '../deps'
import { hashState, makeState } from '../oauth/state'

/** Life of a flow from the press of Connect to the callback, and of its cookie. */
export const flowLifeMs = 10 * 60_000
/** An install is done by a person at the provider's own pages. */
export const installFlowLifeMs = 30 * 60_000

/** A value of 256 bits that only this browser has. */
export function newFlowCookie(deps: Pick<Deps, 'random'>): Secret {
  return makeState(deps.random.bytes(32))
}

/** Named per flow, so that two tabs do not clash; `__Host-` binds it to this origin where the browser allows it. */
export function flowCookieName(config: Pick<Deps['config'], 'cookieSecure'>, flowId: string): string {
  return `${config.cookieSecure ? '__Host-' : ''}patchbay-flow-${flowId}`
}

/** Whether the browser that finishes a flow is the one that started it. */
export function sameBrowser(cookie: string | undefined, cookieHash: string | null): boolean {
  if (!cookie || !cookieHash) return false
  const given = Buffer.from(hashState(Secret.of(cookie)))
  const kept = Buffer.from(cookieHash)
  return given.length === kept.length && timingSafeEqual(given, kept)
}

/** One redirect URI per provider: the state picks the credentials. */
export function redirectUri(config: Pick<Deps['config'], 'appUrl'>, provider: ProviderId): string {
  return new URL(`/api/callback/${provider}`, config.appUrl).href
}

type FlowField = 'verifier_sealed' | 'code_sealed'

export function sealFlowSecret(
  deps: Pick<Deps, 'vault'>,
  flowId: string,
  field: FlowField,
  secret: Secret,
): string {
  return deps.vault.seal(secret, { table: 'connect_flow', rowId: flowId, field })
}

export function openFlowSecret(
  deps: Pick<Deps, 'vault'>,
  flowId: string,
  field: FlowField,
  sealed: string,
): Secret {
  return deps.vault.open(sealed, { table: 'connect_flow', rowId: flowId, field })
}
