import { PatchbayError } from '../core/errors'
import type { ScopeCatalogue } from '../providers/contract'

export type ScopeChoice = {
  catalogue: Pick<ScopeCatalogue, 'required' | 'always' | 'never'>
  /** The provider app's set: nothing outside it is ever asked for. */
  appScopes: readonly string[]
  /** What the admin left ticked; `null`: not asked. */
  picked: readonly string[] | null
  /** What the connection asked for before, on a reconnect; `null`: a new one. */
  before: readonly string[] | null
}

/**
 * The scopes that a flow asks for: what was picked, else what the connection had, else all of the app's; and what the provider
 * always needs (Envoy gives a refresh token to `token.refresh` only).
 *
 * @throws PatchbayError `invalid_input` for a scope outside the app's set, or for none where the provider needs one;
 *   `provider_app_incomplete` where the app itself has none to ask for
 */
export function chooseScopes({ catalogue, appScopes: registered, picked, before }: ScopeChoice): string[] {
  const appScopes = registered.filter((scope) => !catalogue.never?.includes(scope))
  const foreign = picked?.find((scope) => !appScopes.includes(scope) && !catalogue.always.includes(scope))
  if (foreign !== undefined) {
    throw new PatchbayError(
      'invalid_input',
      'A scope that the provider app does not have cannot be asked for.',
      {
        scope: foreign.slice(0, 100),
      },
    )
  }
  const kept = before?.filter((scope) => appScopes.includes(scope)) ?? []
  const asked = picked ?? (kept.length > 0 ? kept : appScopes)
  const scopes = [...new Set([...asked, ...catalogue.always])]
  if (scopes.length > 0 || !catalogue.required) return scopes
  if (picked) {
    throw new PatchbayError(
      'invalid_input',
      'The provider refuses a request without a scope: tick at least one.',
    )
  }
  throw new PatchbayError(
    'provider_app_incomplete',
    'The provider refuses a request without a scope: enter the scopes on the page of the provider app.',
  )
}
