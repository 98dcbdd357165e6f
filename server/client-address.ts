import { BlockList, isIP } from 'node:net'
import type { TrustedNetwork } from '../lib/config/config'

/** Gives a request's client address from its peer and its X-Forwarded-For header. */
export type ClientAddress = (peer: string | undefined, forwardedFor: string | undefined) => string

/**
 * Reads X-Forwarded-For from the right, past the trusted proxies alone: what a client wrote into it itself is never
 * reached. Without TRUST_PROXY the header counts for nothing.
 */
export function clientAddressReader(trusted: readonly TrustedNetwork[]): ClientAddress {
  if (trusted.length === 0) return (peer) => plain(peer ?? '')
  const list = new BlockList()
  for (const { address, prefix, family } of trusted) list.addSubnet(address, prefix, family)
  const isTrusted = (address: string) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  return (peer, forwardedFor) => {
    const hops = (forwardedFor ?? '').split(',').map(plain)
    let address = plain(peer ?? '')
    while (isIP(address) !== 0 && isTrusted(address)) {
      const before = hops.pop()
      if (before === undefined || isIP(before) === 0) break
      address = before
    }
    return address
  }
}

/** Without the port or brackets some proxies add, and IPv4 in its own form (`::ffff:10.0.0.1` is 10.0.0.1). */
function plain(text: string): string {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(text)) return text
  const bare = text.trim().replace(/^\[(.*)\](:\d+)?$/, '$1')
  const address = /^[\d.]+:\d+$/.test(bare) ? bare.replace(/:\d+$/, '') : bare
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}
