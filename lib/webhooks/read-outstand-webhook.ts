import type { Deps } from '../deps'
import type { OpenApp } from '../providers/contract'
import { readOutstandEvent } from '../providers/outstand/webhook-event'
import type { DeliveryEnd } from './delivery'
import { acknowledged, type SignedWebhook, type WebhookReading } from './webhook-reading'

/** Outstand's webhooks say nothing that changes a connection (providers.md 3.4): they are stored and acknowledged. */
export function readOutstandWebhook({ apps, headers, rawBody, digest }: SignedWebhook): WebhookReading {
  const [app] = apps
  const event = readOutstandEvent(headers, rawBody)
  if (!app || !event) return { kind: 'unreadable' }
  const { name, deliveryId, username } = event
  return {
    kind: 'event',
    app,
    eventName: name,
    dedupeKey: deliveryId ?? digest,
    answerCounts: false,
    handle: async (deps) => ({ answer: acknowledged, end: await findUser(deps, app, username) }),
    repeated: acknowledged,
  }
}

/** The connection of the user it speaks of, so that it is shown there. */
async function findUser(deps: Pick<Deps, 'db'>, app: OpenApp, username: string | null): Promise<DeliveryEnd> {
  if (username === null) return {}
  const connection = await deps.db.connection.findFirst({
    where: { appId: app.id, OR: [{ externalAccountId: username }, { accountName: username }] },
    orderBy: { id: 'desc' },
    select: { id: true },
  })
  return { connectionId: connection?.id ?? null }
}
