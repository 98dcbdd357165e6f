import type SMTPTransport from 'nodemailer/lib/smtp-transport'
import { isLoopback } from '../config/loopback'

const connectTimeoutMs = 10_000
const idleTimeoutMs = 20_000

/**
 * How the server of SMTP_URL is reached. A login goes over TLS or not at all, but for a server on this machine; without one the
 * connection is turned into TLS where the server offers it (STARTTLS, RFC 3207).
 */
export function smtpOptions(url: URL): SMTPTransport.Options {
  const secure = url.protocol === 'smtps:'
  const user = decodeURIComponent(url.username)
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: !secure && user !== '' && !isLoopback(url.hostname),
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(url.password) } }),
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    dnsTimeout: connectTimeoutMs,
    socketTimeout: idleTimeoutMs,
  }
}
