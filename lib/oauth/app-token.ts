import { importPKCS8, SignJWT } from 'jose'
import { Secret } from '../core/secret'

/** Longer than any call, far below the hour that Outreach's own sample uses (seed 000). */
const lifetimeS = 15 * 60
/** A clock a little behind ours must not see a token from the future. */
const backdatedS = 60

/**
 * An app token: RS256 JWT with `iss`, `iat` and `exp` (seed 000).
 *
 * @param issuer the S2S GUID
 * @param privateKey PKCS#8 PEM of an RSA key, as `readPrivateKey` gives it
 * @throws when the key is not such a PEM
 */
export async function makeAppToken(issuer: string, privateKey: Secret, now: Date): Promise<Secret> {
  const key = await importPKCS8(privateKey.reveal(), 'RS256')
  const nowS = Math.floor(now.getTime() / 1000)
  const jwt = await new SignJWT()
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(issuer)
    .setIssuedAt(nowS - backdatedS)
    .setExpirationTime(nowS + lifetimeS)
    .sign(key)
  return Secret.of(jwt)
}
