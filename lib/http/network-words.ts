import type { NoAnswer } from './http-client'

type Told = Pick<NoAnswer, 'reason' | 'words'>

const byCode: Readonly<Record<string, (host: string) => string>> = {
  ECONNREFUSED: (host) => `${host} refused the connection.`,
  ENOTFOUND: (host) => `The name ${host} is not known.`,
  EAI_AGAIN: (host) => `The name ${host} could not be looked up just now.`,
  EHOSTUNREACH: (host) => `${host} cannot be reached from here.`,
  ENETUNREACH: (host) => `${host} cannot be reached from here.`,
  ETIMEDOUT: (host) => `${host} did not accept a connection in time.`,
  UND_ERR_CONNECT_TIMEOUT: (host) => `${host} did not accept a connection in time.`,
  ECONNRESET: (host) => `${host} broke the connection off.`,
  EPIPE: (host) => `${host} broke the connection off.`,
  UND_ERR_SOCKET: (host) => `${host} broke the connection off.`,
  PATCHBAY_ENCODING: (host) => `${host} sent a body in an encoding that was not asked for.`,
}

/**
 * Says why no answer was read, without anything the provider or the caller wrote.
 *
 * @param host name and port of the URL
 * @param timeoutMs the call's deadline
 */
export function failureWords(error: unknown, host: string, timeoutMs: number): Told {
  const code = codeOf(error)
  if (code === 'PATCHBAY_DEADLINE')
    return { reason: 'timeout', words: `${host} did not finish its answer within ${seconds(timeoutMs)}.` }
  if (code === 'PATCHBAY_TOO_LARGE')
    return { reason: 'too_large', words: `${host} sent a larger answer than is read.` }
  const known = byCode[code]
  if (known) return { reason: 'network', words: known(host) }
  if (/^(?:CERT_|ERR_TLS_|DEPTH_ZERO_|UNABLE_TO_|SELF_SIGNED_|ERR_SSL_|EPROTO)/.test(code))
    return {
      reason: 'network',
      words: `${host} does not prove who it is: its certificate is refused (${code}).`,
    }
  return { reason: 'network', words: `The call to ${host} failed${code === '' ? '' : ` (${code})`}.` }
}

/** The first code found in an error, its causes and, where several addresses were tried, its parts. */
function codeOf(error: unknown, depth = 0): string {
  if (typeof error !== 'object' || error === null || depth > 4) return ''
  if ('code' in error && typeof error.code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(error.code))
    return error.code
  if ('errors' in error && Array.isArray(error.errors)) return codeOf(error.errors[0], depth + 1)
  return 'cause' in error ? codeOf(error.cause, depth + 1) : ''
}

function seconds(ms: number): string {
  return ms >= 1000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms)} ms`
}
