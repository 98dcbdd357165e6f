import { type Actor, hasRole, requireRole } from '../core/actor'
import { wordsOfKind } from '../core/notification-words'
import type { Deps } from '../deps'
import { readNewestFirst, readPlace } from './newest-first'
import {
  type ChannelRow,
  listChannels,
  type NotificationState,
  notificationStates,
} from './notification-channels'

const pageSize = 50

export type NotificationDeliveryRow = {
  id: string
  /** The kind's stable name, as in webhooks. */
  kind: string
  /** What happened, in words. */
  event: string
  channelId: string
  channelName: string
  channelRemoved: boolean
  state: NotificationState
  attempts: number
  /** While it waits. */
  nextTryAt: Date | null
  /** Of the newest try: HTTP status or SMTP reply code. */
  status: number | null
  words: string | null
  /** When it happened. */
  at: Date
  endedAt: Date | null
  /** The page of what it tells of; `null` where that is gone. */
  href: string | null
}

export type NotificationsPage = {
  mayManage: boolean
  /** SMTP_URL and MAIL_FROM are set. */
  mailReady: boolean
  channels: ChannelRow[]
  filters: { channel: string | null; state: NotificationState | null }
  deliveries: NotificationDeliveryRow[]
  newerThan: string | null
  olderThan: string | null
}

/**
 * The places where people are told, and what was sent to them, newest first.
 *
 * @param params of the URL: `channel`, `state`, `older`, `newer`
 * @throws PatchbayError `forbidden`
 */
export async function notificationsPage(
  deps: Pick<Deps, 'db' | 'config'>,
  actor: Actor,
  params: Readonly<Record<string, unknown>>,
): Promise<NotificationsPage> {
  requireRole(actor, 'viewer')
  const channels = await listChannels(deps, actor)
  const filters = {
    channel: channels.find(({ id }) => id === params.channel)?.id ?? null,
    state: notificationStates.find((state) => state === params.state) ?? null,
  }
  const page = await readNewestFirst(readPlace(params), pageSize, ({ id, orderBy, take }) =>
    deps.db.notificationDelivery.findMany({
      where: {
        ...(id ? { id } : {}),
        ...(filters.channel ? { channelId: filters.channel } : {}),
        ...(filters.state ? { state: filters.state } : {}),
      },
      orderBy,
      take,
      select: rowSelect,
    }),
  )
  const living = await livingSubjects(deps, page.rows)
  return {
    mayManage: hasRole(actor, 'admin'),
    mailReady: deps.config.smtp !== null,
    channels,
    filters,
    deliveries: page.rows.map((row) => deliveryRow(row, living)),
    newerThan: page.newerThan,
    olderThan: page.olderThan,
  }
}

const rowSelect = {
  id: true,
  channelId: true,
  state: true,
  attempts: true,
  nextTryAt: true,
  status: true,
  words: true,
  endedAt: true,
  channel: { select: { name: true, removedAt: true } },
  notification: {
    select: { kind: true, at: true, subjectKind: true, subjectId: true, subjectName: true },
  },
} as const

type StoredRow = {
  id: string
  channelId: string
  state: NotificationState
  attempts: number
  nextTryAt: Date | null
  status: number | null
  words: string | null
  endedAt: Date | null
  channel: { name: string; removedAt: Date | null }
  notification: { kind: string; at: Date; subjectKind: string; subjectId: string; subjectName: string }
}

function deliveryRow(row: StoredRow, living: ReadonlySet<string>): NotificationDeliveryRow {
  const { channel, notification, ...facts } = row
  const { kind, at, subjectKind, subjectId, subjectName } = notification
  const folder = folders[subjectKind]
  return {
    ...facts,
    kind,
    event: wordsOfKind(kind).happened(subjectName),
    channelName: channel.name,
    channelRemoved: channel.removedAt !== null,
    at,
    href: folder && living.has(subjectId) ? `${folder}/${subjectId}` : null,
  }
}

const folders: Readonly<Record<string, string>> = {
  connection: '/connections',
  app: '/providers',
  api_key: '/settings/api-keys',
}

async function livingSubjects(deps: Pick<Deps, 'db'>, rows: readonly StoredRow[]): Promise<Set<string>> {
  const ids = [...new Set(rows.map(({ notification }) => notification.subjectId))]
  const select = { id: true } as const
  const [connections, apps, keys] = await Promise.all([
    deps.db.connection.findMany({ where: { id: { in: ids } }, select }),
    deps.db.providerApp.findMany({ where: { id: { in: ids }, hiddenAt: null }, select }),
    deps.db.apiKey.findMany({ where: { id: { in: ids } }, select }),
  ])
  return new Set([...connections, ...apps, ...keys].map(({ id }) => id))
}
