import type { Secret } from '../../core/secret'
import type { WebhookHeaders, WebhookVerification } from '../contract'
import { bodyHmac, compareSignature, fromHex, missingSignature } from '../webhook-signature'

const bytes = { sha256: 32, sha512: 64 } as const

/** `X-Outstand-Signature`: `sha256=` or `sha512=` and the hex HMAC of the raw body; no other algorithm (providers.md 3.4). */
export function verifyOutstandWebhook(
  secret: Secret,
  headers: WebhookHeaders,
  rawBody: Uint8Array,
): WebhookVerification {
  const given = headers.get('x-outstand-signature')?.trim()
  if (!given) return missingSignature
  const [, algorithm, hex] = /^(sha256|sha512)=([0-9a-fA-F]+)$/.exec(given) ?? []
  if ((algorithm !== 'sha256' && algorithm !== 'sha512') || hex === undefined)
    return { kind: 'rejected', reason: 'bad_signature' }
  return compareSignature(fromHex(hex, bytes[algorithm]), bodyHmac(algorithm, secret, rawBody))
}
