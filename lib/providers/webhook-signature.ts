import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Secret } from '../core/secret'
import type { WebhookVerification } from './contract'

/** HMAC of the raw body as the provider sent it (RFC 2104). */
export function bodyHmac(algorithm: 'sha256' | 'sha512', secret: Secret, rawBody: Uint8Array): Buffer {
  return createHmac(algorithm, secret.reveal()).update(rawBody).digest()
}

/** Compares in constant time; the length is checked first, which tells nothing that the header does not show. */
export function compareSignature(given: Buffer | null, wanted: Buffer): WebhookVerification {
  if (given === null || given.length !== wanted.length || !timingSafeEqual(given, wanted))
    return { kind: 'rejected', reason: 'bad_signature' }
  return { kind: 'verified' }
}

/** Exactly `size` bytes in hex; `null` for anything else. */
export function fromHex(text: string, size: number): Buffer | null {
  return new RegExp(`^[0-9a-fA-F]{${size * 2}}$`).test(text) ? Buffer.from(text, 'hex') : null
}

/** Exactly `size` bytes in base64 with padding; `null` for anything else. */
export function fromBase64(text: string, size: number): Buffer | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null
  const bytes = Buffer.from(text, 'base64')
  return bytes.length === size && bytes.toString('base64') === text ? bytes : null
}

export const missingSignature: WebhookVerification = { kind: 'rejected', reason: 'missing_signature' }
