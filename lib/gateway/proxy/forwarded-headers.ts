import type { Secret } from '../../core/secret'
import type { ProxyHost, ProxyRules } from '../../providers/contract'

/** For one connection only (RFC 9110, 7.6.1), beside those that `Connection` names. */
export const hopByHop: readonly string[] = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

/** The gateway's own to say, or about the caller's way to it and nobody else's business. */
const withheld = new Set([
  ...hopByHop,
  'authorization',
  'content-length',
  'cookie',
  'cookie2',
  'expect',
  'forwarded',
  'host',
  'http2-settings',
  'prefer',
  'true-client-ip',
  'via',
  'x-client-ip',
  'x-real-ip',
])
const withheldFamilies = /^(?:proxy-|x-forwarded-|x-original-|x-patchbay-|patchbay-|cf-|:)/

export type ForwardedParts = {
  rules: ProxyRules
  host: ProxyHost
  accessToken: Secret
  /** Length of a body that goes out as a stream, where its caller told it. */
  length: string | null
  hasBody: boolean
}

/** A caller's headers as the provider gets them: without what is for this hop or not theirs to send, with the token. */
export function forwardedHeaders(sent: Headers, parts: ForwardedParts): Record<string, string> {
  const named = namedByConnection(sent.get('connection'))
  const headers: Record<string, string> = {}
  sent.forEach((value, name) => {
    // Servers that hand headers on as variables read `x_real_ip` as `x-real-ip`.
    const read = name.includes('_') ? name.replaceAll('_', '-') : name
    if (withheld.has(read) || named.includes(name) || withheldFamilies.test(read)) return
    if (!parts.rules.withheld.includes(read)) headers[name] = value
  })
  headers['user-agent'] ??= 'patchbay'
  if (parts.hasBody && parts.rules.bodyType !== null) headers['content-type'] ??= parts.rules.bodyType
  if (parts.length !== null) headers['content-length'] = parts.length
  for (const [name, value] of Object.entries(parts.host.headers)) headers[name] = value.reveal()
  headers.authorization = `Bearer ${parts.accessToken.reveal()}`
  return headers
}

/** The names that a `Connection` header adds to those that are for one hop. */
export function namedByConnection(value: string | null | undefined): string[] {
  if (!value || /^(?:keep-alive|close)$/i.test(value)) return []
  return value.split(',').map((name) => name.trim().toLowerCase())
}
