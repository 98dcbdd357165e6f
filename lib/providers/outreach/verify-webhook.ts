import type { Secret } from '../../core/secret'
import type { WebhookHeaders, WebhookVerification } from '../contract'
import { bodyHmac, compareSignature, fromHex, missingSignature } from '../webhook-signature'

/** `Outreach-Webhook-Signature`: hex HMAC-SHA256 of the raw body, no prefix (providers.md 1.6). */
export function verifyOutreachWebhook(
  secret: Secret,
  headers: WebhookHeaders,
  rawBody: Uint8Array,
): WebhookVerification {
  const given = headers.get('outreach-webhook-signature')?.trim()
  if (!given) return missingSignature
  return compareSignature(fromHex(given, 32), bodyHmac('sha256', secret, rawBody))
}
