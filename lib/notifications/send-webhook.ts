import type { Deps } from '../deps'
import type { OutboundAnswer } from '../http/http-client'
import { providerWords } from '../http/redact'
import { retryAfterMs } from '../http/retry-after'
import { openChannelSecrets, type SealedSecrets } from './channel-secret'
import type { DeliveryOutcome } from './delivery-outcome'
import type { SendableEvent } from './sendable-event'
import { webhookMessage } from './webhook-message'

const timeoutMs = 15_000
const bytesMax = 64 * 1024

export type WebhookChannel = SealedSecrets & { addresses: readonly string[] }

/**
 * Posts one event to a channel's endpoint: 2xx is sent, 410 is gone, all else is worth another try.
 *
 * @throws PatchbayError `secret_unreadable`
 */
export async function sendWebhook(
  deps: Pick<Deps, 'config' | 'clock' | 'vault' | 'http'>,
  channel: WebhookChannel,
  event: SendableEvent,
): Promise<DeliveryOutcome> {
  const url = new URL(channel.addresses[0] ?? '')
  const secrets = openChannelSecrets(deps, channel)
  const { body, headers } = webhookMessage(event, {
    appUrl: deps.config.appUrl,
    now: deps.clock.now(),
    secrets,
  })
  const answer = await deps.http.send({
    method: 'POST',
    url,
    // A receiver's path is often its password.
    pathTemplate: '/{…}',
    allowedOrigins: [url.origin],
    headers,
    body: { text: body, type: 'application/json' },
    timeoutMs,
    bytesMax,
    purpose: 'notification',
  })
  if (answer.kind === 'no_answer')
    return { kind: 'failed', status: null, words: answer.words, retryAfterMs: null, answered: false }
  const words = answerWords(answer, providerWords(answer.text, secrets))
  const { status } = answer
  if (status >= 200 && status < 300) return { kind: 'sent', status, words: null }
  if (status === 410) return { kind: 'gone', status, words }
  const waitMs = retryAfterMs(answer.headers, deps.clock.now())
  return { kind: 'failed', status, words, retryAfterMs: waitMs, answered: true }
}

function answerWords({ status }: OutboundAnswer, said: string): string {
  if (status >= 300 && status < 400) return 'It answers with a redirect, and redirects are not followed.'
  if (status === 410) return 'It says that it is gone for good.'
  return said || 'It said nothing more.'
}
