import { Webhook } from 'standardwebhooks'
import { wordsOfKind } from '../core/notification-words'
import type { Secret } from '../core/secret'
import { eventUrl, type SendableEvent } from './sendable-event'

export type WebhookMessage = { body: string; headers: Readonly<Record<string, string>> }

/**
 * An event as a signed message of Standard Webhooks 1.0. The id is the event's: the same for each try and each channel, so that
 * a receiver can drop what it has.
 *
 * @param now when this try is made; receivers refuse what is older than some minutes
 * @param secrets each signs; a receiver that knows any one of them is content
 */
export function webhookMessage(
  event: SendableEvent,
  { appUrl, now, secrets }: { appUrl: URL; now: Date; secrets: readonly Secret[] },
): WebhookMessage {
  const body = JSON.stringify({
    type: event.kind,
    timestamp: event.at.toISOString(),
    data: {
      message: `${wordsOfKind(event.kind).happened(event.subject.name)}.`,
      subject: event.subject,
      url: eventUrl(appUrl, event),
      detail: event.detail,
    },
  })
  const signatures = secrets.map((secret) => new Webhook(secret.reveal()).sign(event.id, now, body))
  return {
    body,
    headers: {
      'webhook-id': event.id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': signatures.join(' '),
    },
  }
}
