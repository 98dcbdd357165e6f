import { createHash } from 'node:crypto'
import { Secret } from '../core/secret'
import { base64Url } from './base64-url'

/**
 * A `state` of 256 bits (RFC 9700, 2.1; RFC 6749, 10.12). It binds a callback to the flow and the browser that began it.
 *
 * @param random 32 random bytes
 */
export function makeState(random: Uint8Array): Secret {
  return Secret.of(base64Url(random, 32))
}

/** What is stored instead of a state or a flow cookie: SHA-256 as hex. A leaked row finishes no flow. */
export function hashState(state: Secret): string {
  return createHash('sha256').update(state.reveal()).digest('hex')
}
