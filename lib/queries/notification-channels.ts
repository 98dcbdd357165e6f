import { type Actor, hasRole, requireRole } from '../core/actor'
import { type NotificationKind, notificationKinds } from '../core/notification-event'
import type { Deps } from '../deps'

export const notificationStates = ['waiting', 'sent', 'given_up'] as const
export type NotificationState = (typeof notificationStates)[number]

export type ChannelRow = {
  id: string
  kind: 'email' | 'webhook'
  name: string
  /** Recipients, or the endpoint. A viewer sees only the endpoint's host: its path is often a password. */
  addresses: string[]
  /** Empty: every kind. */
  events: NotificationKind[]
  createdAt: Date
  pausedAt: Date | null
  /** Why, where no person did it. */
  pausedReason: string | null
  /** When the signing secret was last replaced. */
  secretReplacedAt: Date | null
  /** Deliveries that are still to be sent, or sent again. */
  waiting: number
  /** Of the newest delivery that was tried. */
  last: { state: NotificationState; status: number | null; words: string | null; at: Date } | null
}

const channelSelect = {
  id: true,
  kind: true,
  name: true,
  addresses: true,
  events: true,
  createdAt: true,
  pausedAt: true,
  pausedReason: true,
  secretReplacedAt: true,
} as const

type StoredChannel = Omit<ChannelRow, 'events' | 'waiting' | 'last'> & { events: string[] }

/** All channels but the removed ones, by name. @throws PatchbayError `forbidden` */
export async function listChannels(deps: Pick<Deps, 'db'>, actor: Actor): Promise<ChannelRow[]> {
  requireRole(actor, 'viewer')
  const rows = await deps.db.notificationChannel.findMany({
    where: { removedAt: null },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: channelSelect,
  })
  return Promise.all(rows.map((row) => withResults(deps, actor, row)))
}

export type ChannelPage = ChannelRow & {
  mayManage: boolean
  mailReady: boolean
}

/** One channel, `null` when there is none (any more). @throws PatchbayError `forbidden` */
export async function channelPage(
  deps: Pick<Deps, 'db' | 'config'>,
  actor: Actor,
  channelId: string,
): Promise<ChannelPage | null> {
  requireRole(actor, 'viewer')
  const row = await deps.db.notificationChannel.findFirst({
    where: { id: channelId, removedAt: null },
    select: channelSelect,
  })
  if (!row) return null
  return {
    ...(await withResults(deps, actor, row)),
    mayManage: hasRole(actor, 'admin'),
    mailReady: deps.config.smtp !== null,
  }
}

async function withResults(deps: Pick<Deps, 'db'>, actor: Actor, row: StoredChannel): Promise<ChannelRow> {
  const [waiting, last] = await Promise.all([
    deps.db.notificationDelivery.count({ where: { channelId: row.id, state: 'waiting' } }),
    deps.db.notificationDelivery.findFirst({
      where: { channelId: row.id, attempts: { gt: 0 } },
      orderBy: { createdAt: 'desc' },
      select: { state: true, status: true, words: true, createdAt: true, endedAt: true },
    }),
  ])
  return {
    ...row,
    addresses: hasRole(actor, 'admin') || row.kind === 'email' ? row.addresses : row.addresses.map(hostOnly),
    events: notificationKinds.filter((kind) => row.events.includes(kind)),
    waiting,
    last: last && {
      state: last.state,
      status: last.status,
      words: last.words,
      at: last.endedAt ?? last.createdAt,
    },
  }
}

function hostOnly(url: string): string {
  return URL.canParse(url) ? `${new URL(url).origin}/…` : '…'
}
