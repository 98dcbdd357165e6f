import { type Actor, hasRole, requireRole } from '../core/actor'
import { factSelect } from '../core/connection-facts'
import type { Environment, GrantKind, ProviderId } from '../core/provider'
import type { StatusView } from '../core/status'
import type { Deps } from '../deps'
import { appFaultSelect, statusOf } from './connection-status'
import { type DisconnectRecord, readDisconnect } from './disconnect-record'
import { readSurroundings } from './surroundings'

export type PendingChoice =
  /** An install nobody here asked for: accept or refuse it. */
  | { kind: 'install'; installId: string; reference: string }
  /** Another account came back from a reconnect: the choice is on the flow's page, where it is still known. */
  | { kind: 'other_account'; flowId: string | null; replaces: { id: string; name: string } | null }
  | { kind: 'unknown' }

/** Everything about one connection that its header, side column and settings show. */
export type ConnectionPage = {
  id: string
  name: string
  label: string | null
  provider: ProviderId
  grantKind: GrantKind
  status: StatusView
  ended: { refused: boolean; reason: string | null; receipt: DisconnectRecord | null } | null
  suspendedReason: string | null
  pending: PendingChoice | null
  account: {
    name: string
    email: string | null
    externalId: string | null
    orgName: string | null
    externalOrgId: string | null
    apiUrl: string
  }
  app: {
    id: string
    name: string
    environment: Environment
    isSandbox: boolean
    /** Removed, or a sandbox app while the sandbox is off: nothing can be connected with it. */
    isHidden: boolean
    faultWords: string | null
  }
  install: {
    id: string
    externalId: string
    reference: string
    installedAt: Date | null
    uninstalledAt: Date | null
    state: 'waiting' | 'accepted' | 'refused' | 'uninstalled'
  } | null
  consentAt: Date | null
  connectedBy: string | null
  createdAt: Date
  lastUsedAt: Date | null
  accessExpiresAt: Date | null
  reconnectBy: Date | null
  /** Whether "Open in Outstand" exists for this connection, and is switched on. */
  sso: { enabled: boolean } | null
  /** Words of the provider on what the grant acts for and where to take it away. */
  reach: string | null
  removeThere: string
  /** Whether the actor may do more than look. */
  canAct: boolean
}

/**
 * One connection, without any secret.
 *
 * @returns `null` when there is none of this id
 * @throws PatchbayError `forbidden`
 */
export async function connectionPage(
  deps: Pick<Deps, 'sql' | 'db' | 'providers'>,
  actor: Actor,
  connectionId: string,
): Promise<ConnectionPage | null> {
  requireRole(actor, 'viewer')
  // Whatever stands in an address; a NUL in it the database would refuse with an error.
  if (!/^[\w-]{1,64}$/.test(connectionId)) return null
  const row = await deps.db.connection.findUnique({ where: { id: connectionId }, select })
  if (!row) return null
  const { app } = row
  const install = row.installs[0] ?? null
  const { manifest } = deps.providers.get(row.provider)
  const isOver = row.lifecycle === 'disconnected' || row.lifecycle === 'refused'
  return {
    id: row.id,
    name: row.label ?? row.accountName,
    label: row.label,
    provider: row.provider,
    grantKind: row.grantKind,
    status: statusOf(row, app, (await readSurroundings(deps))(row.provider, app.baseUrl)),
    ended: isOver
      ? {
          refused: row.lifecycle === 'refused',
          reason: row.endedReason,
          receipt: await readDisconnect(deps, row.id, row.endedAt),
        }
      : null,
    suspendedReason: row.suspendedReason,
    pending: row.lifecycle === 'pending' ? await pendingChoice(deps, row) : null,
    account: {
      name: row.accountName,
      email: row.accountEmail,
      externalId: row.externalAccountId,
      orgName: row.orgName,
      externalOrgId: row.externalOrgId,
      apiUrl: row.apiUrl ?? app.baseUrl,
    },
    app: {
      id: app.id,
      name: app.name,
      environment: app.environment,
      isSandbox: app.origin === 'sandbox',
      isHidden: app.hiddenAt !== null,
      faultWords: app.faultAt ? app.faultWords : null,
    },
    install: install && {
      id: install.id,
      externalId: install.externalInstallId,
      reference: install.reference,
      installedAt: install.installedAt,
      uninstalledAt: install.uninstalledAt,
      state: install.state,
    },
    consentAt: row.consentAt,
    connectedBy: row.connectedBy,
    createdAt: row.createdAt,
    lastUsedAt: row.use?.lastUsedAt ?? null,
    accessExpiresAt: row.accessExpiresAt,
    reconnectBy: row.reconnectBy,
    sso: row.provider === 'outstand' && row.grantKind === 'oauth_code' ? { enabled: row.ssoEnabled } : null,
    reach: manifest.reach(row.grantKind),
    removeThere: manifest.removeThere(row.grantKind),
    canAct: hasRole(actor, 'admin'),
  }
}

const select = {
  ...factSelect,
  id: true,
  provider: true,
  grantKind: true,
  label: true,
  accountName: true,
  accountEmail: true,
  externalAccountId: true,
  externalOrgId: true,
  orgName: true,
  apiUrl: true,
  endedReason: true,
  pendingReason: true,
  replacesId: true,
  ssoEnabled: true,
  consentAt: true,
  connectedBy: true,
  use: { select: { lastUsedAt: true } },
  accessExpiresAt: true,
  reconnectBy: true,
  app: {
    select: {
      ...appFaultSelect,
      id: true,
      name: true,
      environment: true,
      origin: true,
      baseUrl: true,
      hiddenAt: true,
    },
  },
  installs: {
    orderBy: { createdAt: 'desc' },
    take: 1,
    select: {
      id: true,
      externalInstallId: true,
      reference: true,
      state: true,
      installedAt: true,
      uninstalledAt: true,
    },
  },
} as const

type PendingRow = {
  id: string
  pendingReason: string | null
  replacesId: string | null
  installs: readonly { id: string; reference: string }[]
}

async function pendingChoice(deps: Pick<Deps, 'db'>, row: PendingRow): Promise<PendingChoice> {
  const install = row.installs[0]
  if (row.pendingReason === 'unrequested_install' && install)
    return { kind: 'install', installId: install.id, reference: install.reference }
  if (row.pendingReason !== 'other_account') return { kind: 'unknown' }
  const flow = await deps.db.connectFlow.findFirst({
    where: { resultId: row.id, outcome: 'other_account' },
    orderBy: { createdAt: 'desc' },
    select: { id: true },
  })
  const replaces = row.replacesId
    ? await deps.db.connection.findUnique({
        where: { id: row.replacesId },
        select: { id: true, label: true, accountName: true },
      })
    : null
  return {
    kind: 'other_account',
    flowId: flow?.id ?? null,
    replaces: replaces && { id: replaces.id, name: replaces.label ?? replaces.accountName },
  }
}
