import { createHmac } from 'node:crypto'

/** Header that carries the signature of every call Envoy makes to an app (providers.md 2.6). */
export const SIGNATURE_HEADER = 'x-envoy-signature'

/** Base64 of HMAC-SHA256 over the bytes of the body, keyed with the app's client secret: no prefix, no timestamp. */
export function signBody(body: string, clientSecret: string): string {
  return createHmac('sha256', clientSecret).update(body, 'utf8').digest('base64')
}
