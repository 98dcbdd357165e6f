type TokenBody = Readonly<Record<string, unknown>>

/**
 * A token answer as the older platform document has it (seed 002): `access_token`, `refresh_token` and `expires`, the
 * seconds to live. It names no scope and no moment of creation; `token_type`, which RFC 6749 demands, is in lower case.
 */
export function legacyAnswer(body: TokenBody): TokenBody {
  const { access_token, refresh_token, expires_in } = body
  return {
    access_token,
    token_type: 'bearer',
    ...(refresh_token === undefined || refresh_token === null ? {} : { refresh_token }),
    expires: expires_in,
  }
}
