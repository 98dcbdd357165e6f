import { newId } from '../core/ids'
import type { ProviderId } from '../core/provider'
import type { JsonValue } from '../db/client'
import type { Deps } from '../deps'

export type NewDelivery = {
  provider: ProviderId
  appId: string
  /** The provider's delivery id, or the digest of the signed body. */
  dedupeKey: string
  eventName: string
  /** Redacted. */
  body: JsonValue
}

export type RecordedDelivery = {
  id: string
  /** `new`: nobody has done what it asks for; `running`: somebody is at it; `done`: it is only a repeat. */
  state: 'new' | 'running' | 'done'
}

/** A delivery still unhandled after this long belongs to a process that died. */
const handlingMs = 60_000
const textMax = 200

/**
 * Commits a verified webhook before it is acknowledged or acted on. The same delivery again is counted; it is `new` again
 * only where the first time failed or was cut off.
 */
export async function recordDelivery(deps: Deps, delivery: NewDelivery): Promise<RecordedDelivery> {
  const now = deps.clock.now()
  const { provider, appId } = delivery
  const dedupeKey = delivery.dedupeKey.slice(0, textMax)
  const row = {
    ...delivery,
    dedupeKey,
    eventName: delivery.eventName.slice(0, textMax),
    id: newId('webhook', now.getTime(), deps.random.bytes(10)),
    receivedAt: now,
  }
  const recorded = await deps.db.$transaction(async (tx): Promise<RecordedDelivery> => {
    const created = await tx.webhookDelivery.createMany({ data: [row], skipDuplicates: true })
    await tx.providerApp.updateMany({ where: { id: appId }, data: { lastWebhookAt: now } })
    if (created.count === 1) return { id: row.id, state: 'new' }
    const known = await tx.webhookDelivery.update({
      where: { provider_dedupeKey: { provider, dedupeKey } },
      data: { repeats: { increment: 1 } },
      select: { id: true, state: true, receivedAt: true },
    })
    if (known.state === 'handled') return { id: known.id, state: 'done' }
    const cutOff = now.getTime() - known.receivedAt.getTime() >= handlingMs
    return { id: known.id, state: known.state === 'failed' || cutOff ? 'new' : 'running' }
  })
  await deps.events.publish({ topic: 'webhook', id: recorded.id })
  await deps.events.publish({ topic: 'app', id: appId })
  return recorded
}

export type DeliveryEnd = {
  installId?: string | null
  connectionId?: string | null
  /** What went wrong, in words for the webhooks page; left out where nothing did. */
  failureWords?: string
}

/** Notes what became of a delivery. */
export async function endDelivery(deps: Deps, id: string, end: DeliveryEnd): Promise<void> {
  await deps.db.webhookDelivery.updateMany({
    where: { id },
    data: {
      state: end.failureWords === undefined ? 'handled' : 'failed',
      failureWords: end.failureWords ?? null,
      installId: end.installId ?? null,
      connectionId: end.connectionId ?? null,
      handledAt: deps.clock.now(),
    },
  })
  await deps.events.publish({ topic: 'webhook', id })
}
