import { calculatePKCECodeChallenge } from 'oauth4webapi'
import { Secret } from '../core/secret'
import { base64Url } from './base64-url'

/**
 * A PKCE code verifier of 43 characters (RFC 7636, 4.1).
 *
 * @param random 32 random bytes
 */
export function makeCodeVerifier(random: Uint8Array): Secret {
  return Secret.of(base64Url(random, 32))
}

/** The S256 code challenge of a verifier (RFC 7636, 4.2). */
export function codeChallenge(verifier: Secret): Promise<string> {
  return calculatePKCECodeChallenge(verifier.reveal())
}
