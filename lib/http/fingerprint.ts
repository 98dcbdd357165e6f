import { createHash } from 'node:crypto'
import type { Secret } from '../core/secret'

/** First twelve hex digits of SHA-256: enough to compare a token with a log, useless to find it. */
export function fingerprint(secret: Secret): string {
  return createHash('sha256').update(secret.reveal()).digest('hex').slice(0, 12)
}
