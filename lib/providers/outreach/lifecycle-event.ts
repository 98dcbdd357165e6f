import { z } from 'zod'
import { parseIsoInstant } from '../../http/instant'
import { parseWebhookBody } from '../webhook-body'
import { resourceId } from './resource-id'

/** App lifecycle webhook (providers.md 1.6). It names install and app, never the org. */
const lifecycleEventSchema = z.object({
  data: z.object({
    type: z.literal('install'),
    id: resourceId,
    relationships: z.object({ app: z.object({ data: z.object({ id: resourceId }) }) }),
  }),
  meta: z.object({
    eventName: z.string().min(1).max(200),
    deliveredAt: z.string().nullish().catch(null),
  }),
})

export type OutreachLifecycleEvent = {
  /** `install.created` and `install.deleted` are known; any other name is to be stored and acknowledged. */
  eventName: string
  installId: string
  appGuid: string
  deliveredAt: Date | null
}

/** A name seen for one delivery: `Outreach-Webhook-ID`, the key that repeats of it share. */
export const webhookIdHeader = 'outreach-webhook-id'

/** Reads a verified lifecycle webhook; `null` when it is not one. */
export function readLifecycleEvent(rawBody: Uint8Array): OutreachLifecycleEvent | null {
  const json = parseWebhookBody(rawBody)
  const parsed = lifecycleEventSchema.safeParse(json)
  if (!parsed.success) return null
  const { data, meta } = parsed.data
  return {
    eventName: meta.eventName,
    installId: data.id,
    appGuid: data.relationships.app.data.id,
    deliveredAt: meta.deliveredAt ? parseIsoInstant(meta.deliveredAt) : null,
  }
}
