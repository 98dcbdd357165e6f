import { type Actor, requireRole } from '../core/actor'
import type { Environment, GrantKind, ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import { ownUrls } from '../provider-apps/app-urls'

/** How long a provider may keep the browser before a flow counts as not finished (design 2). */
export const lateMs = 2 * 60_000

/** What was sent to the provider, to compare with what is entered there. */
export type SentRequest = {
  url: string | null
  redirectUri: string | null
  clientId: string | null
  scopes: string[]
}

export type WaitingInstall = { id: string; reference: string; orgName: string | null; createdAt: Date }

export type FlowState =
  | { kind: 'connected'; connectionId: string }
  | { kind: 'waiting_install'; landingUrl: string; installUrl: string | null; arrived: WaitingInstall[] }
  | { kind: 'open'; late: boolean }
  | { kind: 'waiting_for_sign_in' }
  | {
      kind: 'other_account'
      pendingId: string
      cameBack: AccountWords
      asked: AccountWords & { id: string; exists: boolean }
    }
  | { kind: 'denied' | 'failed'; code: string; words: string }
  | { kind: 'expired' }
  | { kind: 'abandoned' }

/** `email` and `org` are `null` where the provider has not told them. */
export type AccountWords = { name: string; email: string | null; org: string | null }

export type FlowPage = {
  id: string
  provider: ProviderId
  grant: GrantKind
  app: { id: string; name: string; environment: Environment; isSandbox: boolean; hidden: boolean }
  /** The connection it was to reconnect; `null` for a new one. */
  reconnect: { id: string; name: string } | null
  startedBy: string
  /** Whether the reader is who pressed Connect: only that person can finish it. */
  isOwn: boolean
  startedAt: Date
  expiresAt: Date
  dismissed: boolean
  sent: SentRequest
  /** What the same press would ask for again: the scopes left ticked that the app still has; `null`: leave it to the app. */
  againScopes: string[] | null
  state: FlowState
}

const accountSelect = {
  id: true,
  label: true,
  accountName: true,
  accountEmail: true,
  orgName: true,
  lifecycle: true,
} as const

/** One press of Connect, and how it stands. @returns `null` where there is no such flow. @throws PatchbayError `forbidden` */
export async function flowPage(
  deps: Pick<Deps, 'db' | 'clock' | 'config'>,
  actor: Actor,
  flowId: string,
): Promise<FlowPage | null> {
  const user = requireRole(actor, 'viewer')
  const flow = await deps.db.connectFlow.findUnique({ where: { id: flowId }, select: flowSelect })
  if (!flow) return null
  const person = await deps.db.user.findUnique({ where: { id: flow.userId }, select: { name: true } })
  const { app, connection } = flow
  return {
    id: flow.id,
    provider: flow.provider,
    grant: flow.grantKind,
    app: {
      id: app.id,
      name: app.name,
      environment: app.environment,
      isSandbox: app.origin === 'sandbox',
      hidden: app.hiddenAt !== null,
    },
    reconnect: connection ? { id: connection.id, name: connection.label ?? connection.accountName } : null,
    startedBy: person?.name ?? 'somebody who is gone',
    isOwn: flow.userId === user.id,
    startedAt: flow.createdAt,
    expiresAt: flow.expiresAt,
    dismissed: flow.dismissedAt !== null,
    sent: {
      url: flow.sentUrl,
      redirectUri: flow.redirectUri,
      clientId: flow.redirectUri === null ? null : app.clientId,
      scopes: flow.scopes,
    },
    againScopes: againScopes(flow),
    state: await readState(deps, flow),
  }
}

function againScopes(flow: FlowRow): string[] | null {
  const kept = flow.scopes.filter((scope) => flow.app.scopes.includes(scope))
  return flow.redirectUri !== null && kept.length > 0 ? kept : null
}

const flowSelect = {
  id: true,
  provider: true,
  grantKind: true,
  userId: true,
  createdAt: true,
  expiresAt: true,
  dismissedAt: true,
  redirectUri: true,
  sentUrl: true,
  scopes: true,
  outcome: true,
  failureCode: true,
  failureWords: true,
  resultId: true,
  appId: true,
  app: {
    select: {
      id: true,
      slug: true,
      provider: true,
      name: true,
      environment: true,
      origin: true,
      clientId: true,
      scopes: true,
      installUrl: true,
      hiddenAt: true,
    },
  },
  connection: { select: accountSelect },
} as const

type FlowRow = NonNullable<Awaited<ReturnType<typeof readFlow>>>

function readFlow(deps: Pick<Deps, 'db'>, id: string) {
  return deps.db.connectFlow.findUnique({ where: { id }, select: flowSelect })
}

async function readState(deps: Pick<Deps, 'db' | 'clock' | 'config'>, flow: FlowRow): Promise<FlowState> {
  const now = deps.clock.now()
  const expired = flow.expiresAt <= now
  switch (flow.outcome) {
    case 'completed': {
      const result = flow.resultId
        ? await deps.db.connection.findUnique({ where: { id: flow.resultId }, select: { id: true } })
        : null
      return result ? { kind: 'connected', connectionId: result.id } : { kind: 'abandoned' }
    }
    case 'other_account':
      return otherAccount(deps, flow)
    case 'denied':
    case 'failed':
      if (flow.failureCode === 'state_expired') return { kind: 'expired' }
      return {
        kind: flow.outcome,
        code: flow.failureCode ?? 'provider_refused',
        words: flow.failureWords ?? '',
      }
    case 'abandoned':
      return { kind: 'abandoned' }
    case 'waiting_for_sign_in':
      return expired ? { kind: 'expired' } : { kind: 'waiting_for_sign_in' }
    case 'open':
      if (expired) return { kind: 'expired' }
      if (flow.redirectUri === null) return waitingInstall(deps, flow)
      return { kind: 'open', late: now.getTime() - flow.createdAt.getTime() >= lateMs }
  }
}

async function waitingInstall(deps: Pick<Deps, 'db' | 'config'>, flow: FlowRow): Promise<FlowState> {
  const arrived = await deps.db.install.findMany({
    where: { appId: flow.appId, state: 'waiting' },
    orderBy: { createdAt: 'desc' },
    take: 20,
    select: { id: true, reference: true, orgName: true, createdAt: true },
  })
  const { landing } = ownUrls(deps.config.appUrl, flow.app)
  return { kind: 'waiting_install', landingUrl: landing, installUrl: flow.app.installUrl, arrived }
}

/** Somebody may have decided elsewhere: then there is nothing to choose any more. */
async function otherAccount(deps: Pick<Deps, 'db'>, flow: FlowRow): Promise<FlowState> {
  const pending = flow.resultId
    ? await deps.db.connection.findUnique({ where: { id: flow.resultId }, select: accountSelect })
    : null
  if (!pending) return { kind: 'abandoned' }
  if (pending.lifecycle !== 'pending') return { kind: 'connected', connectionId: pending.id }
  return {
    kind: 'other_account',
    pendingId: pending.id,
    cameBack: { name: pending.accountName, email: pending.accountEmail, org: pending.orgName },
    asked: {
      id: flow.connection?.id ?? '',
      exists: flow.connection !== null,
      name: flow.connection?.label ?? flow.connection?.accountName ?? 'the connection',
      email: flow.connection?.accountEmail ?? null,
      org: flow.connection?.orgName ?? null,
    },
  }
}
