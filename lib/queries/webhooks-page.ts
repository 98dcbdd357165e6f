import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import { type ProviderId, providerIds } from '../core/provider'
import type { Deps } from '../deps'
import { ownUrls } from '../provider-apps/app-urls'
import { readNewestFirst, readPlace } from './newest-first'

const pageSize = 50

export const deliveryStates = ['received', 'handled', 'failed'] as const
export type DeliveryState = (typeof deliveryStates)[number]

export type DeliveryRow = {
  id: string
  provider: ProviderId
  appName: string | null
  eventName: string
  state: DeliveryState
  /** How often the same delivery came again. */
  repeats: number
  failureWords: string | null
  receivedAt: Date
}

/** An app that can be sent webhooks, and whether it ever was. */
export type WebhookEndpoint = {
  appId: string
  appName: string
  provider: ProviderId
  url: string
  lastWebhookAt: Date | null
}

export type WebhooksPage = {
  filters: { provider: ProviderId | null; state: DeliveryState | null }
  deliveries: DeliveryRow[]
  newerThan: string | null
  olderThan: string | null
  endpoints: WebhookEndpoint[]
}

const rowSelect = {
  id: true,
  provider: true,
  appId: true,
  eventName: true,
  state: true,
  repeats: true,
  failureWords: true,
  receivedAt: true,
} as const

/**
 * The webhooks received, newest first, and the addresses they come to.
 *
 * @param params of the URL: `provider`, `state`, `older`, `newer`
 * @throws PatchbayError `forbidden`
 */
export async function webhooksPage(
  deps: Pick<Deps, 'db' | 'config' | 'providers'>,
  actor: Actor,
  params: Readonly<Record<string, unknown>>,
): Promise<WebhooksPage> {
  requireRole(actor, 'viewer')
  const filters = {
    provider: providerIds.find((id) => id === params.provider) ?? null,
    state: deliveryStates.find((state) => state === params.state) ?? null,
  }
  const page = await readNewestFirst(readPlace(params), pageSize, ({ id, orderBy, take }) =>
    deps.db.webhookDelivery.findMany({
      where: {
        ...(id ? { id } : {}),
        ...(filters.provider ? { provider: filters.provider } : {}),
        ...(filters.state ? { state: filters.state } : {}),
      },
      orderBy,
      take,
      select: rowSelect,
    }),
  )
  const names = await appNames(deps, page.rows)
  return {
    filters,
    deliveries: page.rows.map(({ appId, ...row }) => ({ ...row, appName: names.get(appId ?? '') ?? null })),
    newerThan: page.newerThan,
    olderThan: page.olderThan,
    endpoints: await webhookEndpoints(deps),
  }
}

async function appNames(
  deps: Pick<Deps, 'db'>,
  rows: readonly { appId: string | null }[],
): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap((row) => (row.appId ? [row.appId] : [])))]
  const apps = await deps.db.providerApp.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true },
  })
  return new Map(apps.map((app) => [app.id, app.name]))
}

/** Only apps whose provider has something to send them: the manifest says which grants do. */
async function webhookEndpoints(deps: Pick<Deps, 'db' | 'config' | 'providers'>): Promise<WebhookEndpoint[]> {
  const apps = await deps.db.providerApp.findMany({
    where: { hiddenAt: null },
    orderBy: [{ provider: 'asc' }, { name: 'asc' }],
    select: { id: true, slug: true, name: true, provider: true, grants: true, lastWebhookAt: true },
  })
  return apps
    .filter((app) => deps.providers.get(app.provider).manifest.urls(app.grants).webhook !== null)
    .map((app) => ({
      appId: app.id,
      appName: app.name,
      provider: app.provider,
      url: ownUrls(deps.config.appUrl, app).webhook,
      lastWebhookAt: app.lastWebhookAt,
    }))
}

export type DeliveryPage = DeliveryRow & {
  appId: string | null
  dedupeKey: string
  handledAt: Date | null
  connectionId: string | null
  /** The stored body, pretty-printed; secrets were replaced by fingerprints before it was stored. */
  bodyText: string
}

/** One webhook with its redacted body. @throws PatchbayError `forbidden`, `not_found` */
export async function deliveryPage(deps: Pick<Deps, 'db'>, actor: Actor, id: string): Promise<DeliveryPage> {
  requireRole(actor, 'viewer')
  const row = await deps.db.webhookDelivery.findUnique({
    where: { id },
    select: { ...rowSelect, dedupeKey: true, handledAt: true, connectionId: true, body: true },
  })
  if (!row) throw new PatchbayError('not_found', 'There is no such webhook.')
  const { body, ...facts } = row
  const names = await appNames(deps, [row])
  const connection = row.connectionId
    ? await deps.db.connection.findUnique({ where: { id: row.connectionId }, select: { id: true } })
    : null
  return {
    ...facts,
    appName: names.get(row.appId ?? '') ?? null,
    connectionId: connection?.id ?? null,
    bodyText: JSON.stringify(body, null, 2),
  }
}
