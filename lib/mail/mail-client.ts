import { createTransport, type SentMessageInfo } from 'nodemailer'
import type { SmtpConfig } from '../config/config'
import { Secret } from '../core/secret'
import { providerWords } from '../http/redact'
import { smtpOptions } from './smtp-options'

export type Mail = {
  to: readonly string[]
  subject: string
  text: string
  html: string
  /** Left of the `@` of the Message-ID: the same mail again has the same, and servers can drop it. */
  idempotencyKey: string
}

/** `status` is the server's SMTP reply code, `null` where there was no reply. `words` hold no password. */
export type MailAnswer =
  | { kind: 'accepted'; status: number | null; words: string | null }
  | { kind: 'refused'; status: number | null; words: string }

/** Never rejects for what the network or the server did; retries nothing. */
export type MailClient = { send(mail: Mail): Promise<MailAnswer> }

/** From the call to the server's last word. */
const mailDeadlineMs = 45_000

/** The way out for mail: one server, a connection for each mail. */
export function createMailClient(config: SmtpConfig): MailClient {
  const url = new URL(config.url.reveal())
  const password = Secret.of(decodeURIComponent(url.password))
  return {
    async send(mail) {
      const transport = createTransport(smtpOptions(url))
      try {
        const sent = transport.sendMail({
          from: config.from,
          to: [...mail.to],
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          messageId: `<${mail.idempotencyKey}@${senderHost(config.from) ?? url.hostname}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          disableFileAccess: true,
          disableUrlAccess: true,
        })
        return accepted(await withDeadline(sent, url.host), [password])
      } catch (error) {
        return refused(error, [password])
      } finally {
        transport.close()
      }
    },
  }
}

function senderHost(from: string): string | null {
  return /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? null
}

class MailDeadline extends Error {}

async function withDeadline<T>(sent: Promise<T>, host: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_, reject) => {
    const words = `${host} did not take the mail within ${mailDeadlineMs / 1000} s.`
    timer = setTimeout(() => reject(new MailDeadline(words)), mailDeadlineMs)
  })
  try {
    return await Promise.race([sent, deadline])
  } finally {
    clearTimeout(timer)
    sent.catch(() => {})
  }
}

function accepted(info: SentMessageInfo, known: readonly Secret[]): MailAnswer {
  const left = info.rejected.map(String)
  const words = left.length > 0 ? `Refused for ${left.join(', ')}; taken for the others.` : null
  return { kind: 'accepted', status: replyCode(info.response), words: words && providerWords(words, known) }
}

function refused(error: unknown, known: readonly Secret[]): MailAnswer {
  const { message, responseCode } = readFault(error)
  return { kind: 'refused', status: responseCode, words: providerWords(message, known) }
}

function readFault(error: unknown): { message: string; responseCode: number | null } {
  const facts = typeof error === 'object' && error !== null ? error : {}
  const message = 'message' in facts && typeof facts.message === 'string' ? facts.message : ''
  const code = 'responseCode' in facts && typeof facts.responseCode === 'number' ? facts.responseCode : null
  return { message: message || 'The mail server could not be reached.', responseCode: code }
}

/** The three digits before a reply's words (RFC 5321, 4.2). */
function replyCode(response: string): number | null {
  const digits = /^\d{3}/.exec(response)?.[0]
  return digits === undefined ? null : Number(digits)
}
