import type { StreamAnswer } from '../../http/stream-client'
import { answerHeader, type PlainHeaders, requestIdHeader } from '../own-headers'
import { hopByHop, namedByConnection } from './forwarded-headers'

/** For one hop, the gateway's own to say, or orders to a browser about the provider's host, which ours would get. */
const withheld = new Set([
  ...hopByHop,
  'alt-svc',
  'clear-site-data',
  'proxy-authenticate',
  'proxy-authentication-info',
  'set-cookie',
  'set-cookie2',
  'strict-transport-security',
  answerHeader,
  requestIdHeader,
])

/** The provider's headers as its caller gets them; what was repeated is joined (RFC 9110, 5.3). */
export function answerHeaders(
  received: StreamAnswer['headers'],
  { status, requestId, waited }: { status: number; requestId: string; waited: boolean },
): PlainHeaders {
  const connection = received.connection
  const named = namedByConnection(Array.isArray(connection) ? connection.join(',') : connection)
  const headers: PlainHeaders = {}
  for (const name in received) {
    const value = received[name]
    if (value === undefined || withheld.has(name) || named.includes(name)) continue
    headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  // Unlike that of a 204 or a 304, its length is believed: a caller would take the next answer for its body.
  if (status === 205) headers['content-length'] = '0'
  if (waited) headers['preference-applied'] = 'wait'
  headers[answerHeader] = 'provider'
  headers[requestIdHeader] = requestId
  return headers
}
