import { describe, expect, it } from 'vitest'
import { clientAddressReader } from './client-address'

const proxy = { address: '10.0.0.0', prefix: 8, family: 'ipv4' as const }
const six = { address: 'fd00::', prefix: 8, family: 'ipv6' as const }

describe('the address of a client', () => {
  it('is the peer when no proxy is trusted, whatever the header says', () => {
    expect(clientAddressReader([])('203.0.113.9', '198.51.100.1')).toBe('203.0.113.9')
    expect(clientAddressReader([proxy])('203.0.113.9', '198.51.100.1')).toBe('203.0.113.9')
  })

  it.each([
    ['what a trusted proxy saw', '10.1.1.1', '198.51.100.1', '198.51.100.1'],
    ['never what the client wrote itself', '10.1.1.1', '1.2.3.4, 198.51.100.1', '198.51.100.1'],
    ['found past several trusted proxies', '10.1.1.1', '198.51.100.1, 10.2.2.2', '198.51.100.1'],
    ['the proxy itself without a header', '10.1.1.1', undefined, '10.1.1.1'],
    ['the proxy itself when the header is no address', '10.1.1.1', 'unknown', '10.1.1.1'],
    ['plain IPv4 behind a dual-stack socket', '::ffff:10.1.1.1', '198.51.100.1', '198.51.100.1'],
    ['without the port a proxy adds', '10.1.1.1', '198.51.100.1:55123', '198.51.100.1'],
    ['an IPv6 client', 'fd00::1', '[2001:db8::7]:443', '2001:db8::7'],
  ])('is %s', (_words, peer, header, address) => {
    expect(clientAddressReader([proxy, six])(peer, header)).toBe(address)
  })
})
