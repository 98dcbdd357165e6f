import type { TokenOrigin } from './state'
import { ACCESS_TTL_S, type IssuedPair, REFRESH_TTL_S } from './token-pairs'

/** The body of a token answer, key for key as in seed 003: no `scope`, no `created_at`. */
export type TokenAnswer = {
  token_type: 'Bearer'
  access_token: string
  expires_in: number
  refresh_token: string | null
  refresh_token_expires_in: number | null
  state: null
  company_id: string | null
}

export function companyOf(origin: TokenOrigin): string | null {
  return origin.kind === 'client_credentials' ? null : origin.companyId
}

/** Writes an issued pair as Envoy answers it; `state` is always null, its meaning is not documented. */
export function tokenAnswer({ pair, accessToken, refreshToken }: IssuedPair): TokenAnswer {
  return {
    token_type: 'Bearer',
    access_token: accessToken,
    expires_in: ACCESS_TTL_S,
    refresh_token: refreshToken,
    refresh_token_expires_in: refreshToken === null ? null : REFRESH_TTL_S,
    state: null,
    company_id: companyOf(pair.origin),
  }
}
