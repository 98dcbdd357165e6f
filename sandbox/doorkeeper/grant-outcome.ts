import type { OAuthError } from './answers'
import type { TokenRow } from './model'
import type { MintRequest } from './options'

/** What a grant handler decided; nothing is changed until the endpoint calls `spend` and mints. */
export type GrantOutcome =
  | { readonly kind: 'refused'; readonly error: OAuthError }
  | {
      readonly kind: 'granted'
      readonly request: MintRequest
      readonly scopes: readonly string[]
      readonly spent: TokenRow | null
      readonly spend: () => void
    }
