import type { Secret } from '../../core/secret'
import type { WebhookHeaders, WebhookVerification } from '../contract'
import { bodyHmac, compareSignature, fromBase64, missingSignature } from '../webhook-signature'

/** `X-Envoy-Signature`: base64 HMAC-SHA256 of the raw body, keyed with the client secret (providers.md 2.6). */
export function verifyEnvoyWebhook(
  secret: Secret,
  headers: WebhookHeaders,
  rawBody: Uint8Array,
): WebhookVerification {
  const given = headers.get('x-envoy-signature')?.trim()
  if (!given) return missingSignature
  return compareSignature(fromBase64(given, 32), bodyHmac('sha256', secret, rawBody))
}
