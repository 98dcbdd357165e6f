import { isLoopback } from '../config/loopback'

/** What of an address decides whether it may be called. */
export type TargetHost = Pick<URL, 'protocol' | 'hostname' | 'host' | 'origin' | 'username' | 'password'>

/**
 * Whether an address may be called: https, or plain http on this machine, without credentials, on one of the allowed origins.
 *
 * @returns `null`, or why not, in words
 */
export function refuseTarget(url: TargetHost, allowedOrigins: readonly string[]): string | null {
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return 'Only https and http addresses are called.'
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return `${url.host} is not called over plain http: that is for this machine only.`
  if (url.username !== '' || url.password !== '')
    return 'An address with a user name or password is not called.'
  if (!allowedOrigins.includes(url.origin)) return `${url.host} is not among the hosts of this provider app.`
  return null
}
