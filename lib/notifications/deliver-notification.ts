import { isPatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import type { ClaimedDelivery } from './claim-deliveries'
import type { DeliveryOutcome } from './delivery-outcome'
import { sendMail } from './send-mail'
import { sendWebhook } from './send-webhook'
import { settleDelivery } from './settle-delivery'

export type SendDeps = Pick<
  Deps,
  'config' | 'clock' | 'random' | 'db' | 'vault' | 'http' | 'mail' | 'events' | 'log'
>

/** A channel with what sending needs; its ciphertexts are named, since reads leave them out. */
export const sendingSelect = {
  id: true,
  kind: true,
  name: true,
  addresses: true,
  secretSealed: true,
  previousSecretSealed: true,
  secretReplacedAt: true,
} as const

export type SendingChannel = {
  id: string
  kind: 'email' | 'webhook'
  name: string
  addresses: string[]
  secretSealed: string | null
  previousSecretSealed: string | null
  secretReplacedAt: Date | null
}

/**
 * Sends claimed deliveries of one channel and writes down how it went: each as a webhook of its own, or all in one mail.
 *
 * @returns one outcome for each
 */
export async function deliverNotifications(
  deps: SendDeps,
  channel: SendingChannel,
  claimed: readonly ClaimedDelivery[],
): Promise<DeliveryOutcome[]> {
  const groups = channel.kind === 'email' ? [claimed] : claimed.map((each) => [each])
  const outcomes = await Promise.all(
    groups.map(async (group) => {
      const outcome = await send(deps, channel, group)
      const jitter = (deps.random.bytes(1)[0] ?? 0) / 255
      for (const delivery of group) await settleDelivery(deps, channel.id, delivery, outcome, jitter)
      return group.map(() => outcome)
    }),
  )
  await deps.events.publish({ topic: 'notification', id: channel.id })
  return outcomes.flat()
}

/** A fault of ours counts as a try that failed: it must not hold back the rest. */
async function send(
  deps: SendDeps,
  channel: SendingChannel,
  group: readonly ClaimedDelivery[],
): Promise<DeliveryOutcome> {
  const events = group.map(({ event }) => event)
  const [first] = events
  try {
    return channel.kind === 'email' || !first
      ? await sendMail(deps, channel, events)
      : await sendWebhook(deps, channel, first)
  } catch (error) {
    deps.log.error({ err: error, channelId: channel.id }, 'a notification could not be prepared')
    const words = isPatchbayError(error) ? error.message : 'It could not be prepared. The log says why.'
    return { kind: 'failed', status: null, words, retryAfterMs: null, answered: false }
  }
}
