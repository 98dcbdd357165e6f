import type { GrantKind, ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import { lateMs, type SentRequest } from './flow-page'
import type { InstallRow } from './installs-page'

const shownMax = 5
/** An unfinished flow older than this is history, not something that waits. */
const rememberedMs = 7 * 24 * 60 * 60_000

/** A press of Connect that has no end yet, or one that asks for a choice. */
export type WaitingFlow = {
  id: string
  /** `not_finished`: did not come back; `install`: an install is awaited; `choice`: another account came back; `sign_in`: its person has to sign in. */
  kind: 'not_finished' | 'install' | 'choice' | 'sign_in'
  provider: ProviderId
  grant: GrantKind
  appId: string
  appName: string
  /** The connection it was to reconnect. */
  reconnectName: string | null
  startedBy: string
  startedAt: Date
  sent: SentRequest
}

export type Waiting = {
  installs: Pick<InstallRow, 'id' | 'provider' | 'orgName' | 'reference' | 'appName' | 'createdAt'>[]
  installTotal: number
  flows: WaitingFlow[]
  /** When the next open flow counts as not finished; `null` when none is open. */
  nextLateAt: Date | null
}

/** What waits for a person: installs to accept, and flows that did not come back within two minutes. */
export async function overviewWaiting(deps: Pick<Deps, 'db' | 'clock'>): Promise<Waiting> {
  const now = deps.clock.now()
  const late = new Date(now.getTime() - lateMs)
  const since = new Date(now.getTime() - rememberedMs)
  const [installs, installTotal, flows, young] = await Promise.all([
    deps.db.install.findMany({
      where: { state: 'waiting' },
      orderBy: { createdAt: 'desc' },
      take: shownMax,
      select: {
        id: true,
        provider: true,
        orgName: true,
        reference: true,
        createdAt: true,
        app: { select: { name: true } },
      },
    }),
    deps.db.install.count({ where: { state: 'waiting' } }),
    deps.db.connectFlow.findMany({
      where: {
        dismissedAt: null,
        OR: [
          { outcome: 'open', redirectUri: { not: null }, createdAt: { lte: late, gte: since } },
          { outcome: 'open', redirectUri: null, expiresAt: { gt: now } },
          { outcome: 'waiting_for_sign_in', createdAt: { lte: late, gte: since } },
          { outcome: 'other_account', resultId: { not: null } },
        ],
      },
      orderBy: { createdAt: 'desc' },
      take: shownMax,
      select: flowSelect,
    }),
    deps.db.connectFlow.findFirst({
      where: { outcome: 'open', dismissedAt: null, redirectUri: { not: null }, createdAt: { gt: late } },
      orderBy: { createdAt: 'asc' },
      select: { createdAt: true },
    }),
  ])
  const people = await deps.db.user.findMany({
    where: { id: { in: flows.map((flow) => flow.userId) } },
    select: { id: true, name: true },
  })
  const names = new Map(people.map((person) => [person.id, person.name]))
  return {
    installs: installs.map(({ app, ...row }) => ({ ...row, appName: app.name })),
    installTotal,
    nextLateAt: young ? new Date(young.createdAt.getTime() + lateMs) : null,
    flows: flows.map((flow) => ({
      id: flow.id,
      kind: kindOf(flow, now),
      provider: flow.provider,
      grant: flow.grantKind,
      appId: flow.app.id,
      appName: flow.app.name,
      reconnectName: flow.connection ? (flow.connection.label ?? flow.connection.accountName) : null,
      startedBy: names.get(flow.userId) ?? 'somebody who is gone',
      startedAt: flow.createdAt,
      sent: {
        url: flow.sentUrl,
        redirectUri: flow.redirectUri,
        clientId: flow.redirectUri === null ? null : flow.app.clientId,
        scopes: flow.scopes,
      },
    })),
  }
}

const flowSelect = {
  id: true,
  provider: true,
  grantKind: true,
  outcome: true,
  userId: true,
  createdAt: true,
  expiresAt: true,
  redirectUri: true,
  sentUrl: true,
  scopes: true,
  app: { select: { id: true, name: true, clientId: true } },
  connection: { select: { label: true, accountName: true } },
} as const

function kindOf(
  flow: { outcome: string; redirectUri: string | null; expiresAt: Date },
  now: Date,
): WaitingFlow['kind'] {
  if (flow.outcome === 'other_account') return 'choice'
  if (flow.outcome === 'waiting_for_sign_in' && flow.expiresAt > now) return 'sign_in'
  return flow.outcome === 'open' && flow.redirectUri === null ? 'install' : 'not_finished'
}
