import { readLifecycleEvent, webhookIdHeader } from '../providers/outreach/lifecycle-event'
import { handleLifecycle } from './handle-lifecycle'
import { acknowledged, type SignedWebhook, type WebhookReading } from './webhook-reading'

/**
 * Outreach's app lifecycle webhooks (providers.md 1.6). It tells them apart by `Outreach-Webhook-ID`, and counts any answer
 * as delivered: what comes is acknowledged even where handling it failed, and the failure is kept with the delivery.
 */
export function readOutreachWebhook({ apps, headers, rawBody, digest }: SignedWebhook): WebhookReading {
  const event = readLifecycleEvent(rawBody)
  if (!event) return { kind: 'unreadable' }
  const { eventName } = event
  const app = apps.find((signer) => signer.s2sGuid?.toLowerCase() === event.appGuid.toLowerCase())
  if (!app) {
    const words = 'It is signed with the webhook secret of another app than the one it names.'
    return { kind: 'other_app', eventName, words }
  }
  const deliveryId = headers.get(webhookIdHeader)?.trim()
  return {
    kind: 'event',
    app,
    eventName,
    dedupeKey: deliveryId || digest,
    answerCounts: false,
    handle: async (deps) => ({ answer: acknowledged, end: await handleLifecycle(deps, app, event) }),
    repeated: acknowledged,
  }
}
