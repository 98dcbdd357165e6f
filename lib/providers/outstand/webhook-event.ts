import { z } from 'zod'
import type { WebhookHeaders } from '../contract'
import { parseWebhookBody } from '../webhook-body'

const word = z.string().trim().min(1).max(200).nullish().catch(null)

/** `user_status` and the contact and group events (providers.md 3.4); other fields are kept as they come. */
const webhookEventSchema = z.looseObject({ username: word, status: word })

export type OutstandEvent = {
  name: string
  /** `X-Outstand-Id`: the same for the repeats of one delivery. */
  deliveryId: string | null
  username: string | null
  /** Of `user_status`: disabled, suspended and canceled hint that tokens will stop working. */
  status: string | null
}

/** Reads a verified webhook; `null` when its body is no JSON object or it names no event. */
export function readOutstandEvent(headers: WebhookHeaders, rawBody: Uint8Array): OutstandEvent | null {
  const json = parseWebhookBody(rawBody)
  const parsed = webhookEventSchema.safeParse(json)
  const name = headers.get('x-outstand-event')?.trim() ?? ''
  if (!parsed.success || !/^[\w.-]{1,200}$/.test(name)) return null
  const id = headers.get('x-outstand-id')?.trim() ?? ''
  return {
    name,
    deliveryId: /^[\w.-]{1,200}$/.test(id) ? id : null,
    username: parsed.data.username ?? null,
    status: parsed.data.status ?? null,
  }
}
