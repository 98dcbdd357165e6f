import { z } from 'zod'
import type { Deps } from '../deps'
import type { OpenApp } from '../providers/contract'
import type { DeliveryEnd } from './delivery'
import { acknowledged, type SignedWebhook, type WebhookReading } from './webhook-reading'

const id = z.union([z.string().max(200), z.number()]).transform(String)

/** `user_status` and the changes of contacts and groups (providers.md 3.4); anything else is stored as well. */
const bodySchema = z.looseObject({
  user_id: id.nullish().catch(null),
  event: z.string().nullish().catch(null),
  resource_type: z.string().nullish().catch(null),
})

/** Outstand's webhooks say nothing that changes a connection: they are stored for its page and acknowledged. */
export function readOutstandWebhook({ apps, headers, rawBody, digest }: SignedWebhook): WebhookReading {
  const [app] = apps
  const parsed = bodySchema.safeParse(parseJson(rawBody))
  if (!app || !parsed.success) return { kind: 'unreadable' }
  const { resource_type: resource, event, user_id: userId } = parsed.data
  const deliveryId = headers.get('x-outstand-id')?.trim()
  const named = resource && event ? `${resource}_${event}` : (event ?? 'unnamed')
  return {
    kind: 'event',
    app,
    eventName: headers.get('x-outstand-event')?.trim() || named,
    dedupeKey: deliveryId || digest,
    answerCounts: false,
    handle: async (deps) => ({ answer: acknowledged, end: await findUser(deps, app, userId ?? null) }),
    repeated: acknowledged,
  }
}

/** The connection of the user it speaks of, so that it is shown there. */
async function findUser(deps: Pick<Deps, 'db'>, app: OpenApp, userId: string | null): Promise<DeliveryEnd> {
  if (userId === null) return {}
  const connection = await deps.db.connection.findFirst({
    where: { appId: app.id, grantKind: 'oauth_code', externalAccountId: userId },
    orderBy: { id: 'desc' },
    select: { id: true },
  })
  return { connectionId: connection?.id ?? null }
}

function parseJson(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody))
  } catch {
    return null
  }
}
