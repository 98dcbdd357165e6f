import { createHash } from 'node:crypto'
import type { Deps } from '../deps'
import type { DeliveryOutcome } from './delivery-outcome'
import { mailMessage } from './mail-message'
import type { SendableEvent } from './sendable-event'

export type MailChannel = { id: string; name: string; addresses: readonly string[] }

/** Sends events that waited together as one mail to all of a channel's addresses. */
export async function sendMail(
  deps: Pick<Deps, 'config' | 'mail'>,
  channel: MailChannel,
  events: readonly SendableEvent[],
): Promise<DeliveryOutcome> {
  if (!deps.mail) return failed(null, 'SMTP_URL and MAIL_FROM are not set: no mail can be sent.')
  const answer = await deps.mail.send({
    ...mailMessage(events, { appUrl: deps.config.appUrl, channel }),
    to: channel.addresses,
    idempotencyKey: digest([channel.id, ...events.map((event) => event.id)]),
  })
  if (answer.kind === 'refused') return failed(answer.status, answer.words)
  return { kind: 'sent', status: answer.status, words: answer.words }
}

function failed(status: number | null, words: string): DeliveryOutcome {
  return { kind: 'failed', status, words, retryAfterMs: null, answered: status !== null }
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join(' ')).digest('hex').slice(0, 32)
}
