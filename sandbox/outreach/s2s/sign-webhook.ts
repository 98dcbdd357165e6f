import { createHmac } from 'node:crypto'

/**
 * The value of `Outreach-Webhook-Signature`: HMAC-SHA256 of the body's bytes under the app's webhook secret, in lower-case
 * hexadecimal and with no prefix (providers.md 1.6).
 */
export function signWebhook(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body, 'utf8').digest('hex')
}
