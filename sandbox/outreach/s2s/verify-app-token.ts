import { compactVerify, decodeJwt, importSPKI } from 'jose'

/** How far the two clocks may differ; Outreach publishes no figure. */
const SKEW_S = 60
const LIFETIME_MAX_S = 3_600

export type AppTokenVerdict = { ok: true; guid: string } | { ok: false; detail: string }

/**
 * Checks the JWT with which an app speaks for itself (seed 000): RS256 under one of the public keys registered for the
 * app that `iss` names, `iat` and `exp` present (fractions of a second are allowed), not expired, not from the future,
 * and living an hour at most.
 *
 * `keysOf` returns the SPKI PEMs registered for a GUID, or undefined for an unknown one; `nowMs` is the present.
 */
export async function verifyAppToken(
  jwt: string,
  keysOf: (guid: string) => readonly string[] | undefined,
  nowMs: number,
): Promise<AppTokenVerdict> {
  const guid = issuerOf(jwt)
  if (guid === undefined) return { ok: false, detail: 'The app token is not a JWT with an issuer.' }
  const keys = keysOf(guid)
  if (keys === undefined) return { ok: false, detail: 'The issuer of the app token is not a known S2S GUID.' }

  for (const pem of keys) {
    const claims = await claimsUnder(jwt, pem)
    if (claims !== undefined) {
      const fault = faultOfTimes(claims, nowMs / 1_000)
      return fault === undefined ? { ok: true, guid } : { ok: false, detail: fault }
    }
  }
  return { ok: false, detail: 'The signature of the app token fits no RS256 public key of the app.' }
}

function issuerOf(jwt: string): string | undefined {
  try {
    return decodeJwt(jwt).iss
  } catch {
    return undefined
  }
}

async function claimsUnder(jwt: string, pem: string): Promise<Record<string, unknown> | undefined> {
  try {
    const key = await importSPKI(pem, 'RS256')
    const { payload } = await compactVerify(jwt, key, { algorithms: ['RS256'] })
    return JSON.parse(new TextDecoder().decode(payload))
  } catch {
    return undefined
  }
}

function faultOfTimes(claims: Record<string, unknown>, nowS: number): string | undefined {
  const { iat, exp } = claims
  if (!isInstant(iat) || !isInstant(exp)) return 'The app token needs iat and exp, both numbers of seconds.'
  if (exp <= nowS - SKEW_S) return 'The app token has expired.'
  if (iat > nowS + SKEW_S) return 'The app token was issued in the future.'
  if (exp <= iat) return 'The app token expires before it was issued.'
  if (exp - iat > LIFETIME_MAX_S + SKEW_S) return 'The app token lives longer than an hour.'
  return undefined
}

function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}
