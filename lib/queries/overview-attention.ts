import { factSelect } from '../core/connection-facts'
import type { ProviderId } from '../core/provider'
import { providerNames } from '../core/provider'
import type { ConnectionStatus, NextAction } from '../core/status'
import type { Deps } from '../deps'
import { appFaultSelect, statusOf } from './connection-status'

const shownMax = 8

/** Something that only a person can set right, why, and the one button that helps. */
export type AttentionItem = {
  key: string
  provider: ProviderId
  status: ConnectionStatus
  title: string
  why: string
  since: Date
  /** Where the thing itself is shown. */
  href: string
  button:
    | { kind: 'reconnect'; connectionId: string }
    | { kind: 'check_again'; connectionId: string }
    | { kind: 'fix_app'; appId: string }
}

export type Attention = { items: AttentionItem[]; total: number }

/** What needs a person, the longest first; a refused app is one item, however many accounts it has. */
export async function overviewAttention(deps: Pick<Deps, 'db'>): Promise<Attention> {
  const [apps, connections, total] = await Promise.all([
    deps.db.providerApp.findMany({
      where: { hiddenAt: null, faultAt: { not: null } },
      select: {
        id: true,
        provider: true,
        name: true,
        faultAt: true,
        faultWords: true,
        _count: { select: { connections: { where: { lifecycle: 'live' } } } },
      },
    }),
    deps.db.connection.findMany({
      where: needy,
      orderBy: { id: 'asc' },
      take: shownMax,
      select: {
        id: true,
        provider: true,
        label: true,
        accountName: true,
        ...factSelect,
        app: { select: appFaultSelect },
      },
    }),
    deps.db.connection.count({ where: needy }),
  ])
  const appItems = apps.flatMap(({ faultAt, ...app }): AttentionItem[] =>
    faultAt
      ? [
          {
            key: app.id,
            provider: app.provider,
            status: 'app_misconfigured',
            title: app.name,
            why: `${app.faultWords ?? `${providerNames[app.provider]} refuses the app’s credentials.`} ${waiting(app._count.connections)}`,
            since: faultAt,
            href: `/providers/${app.id}`,
            button: { kind: 'fix_app', appId: app.id },
          },
        ]
      : [],
  )
  const connectionItems = connections.map((row): AttentionItem => {
    const view = statusOf(row, row.app)
    const words = view.status === 'suspended' ? row.suspendedReason : view.failure?.words
    return {
      key: row.id,
      provider: row.provider,
      status: view.status,
      title: row.label ?? row.accountName,
      why: words || fallback(view.status, row.provider),
      since: view.since,
      href: `/connections/${row.id}`,
      button: buttonOf(view.action, row.id),
    }
  })
  return {
    items: [...appItems, ...connectionItems].slice(0, shownMax),
    total: appItems.length + total,
  }
}

/** Accounts of a refused app are told of by the app's own item, unless they are suspended besides. */
const needy = {
  lifecycle: 'live' as const,
  OR: [
    { ownStatus: 'suspended' },
    { ownStatus: { in: ['needs_reconnect', 'uncertain'] }, app: { faultAt: null } },
  ],
}

function waiting(count: number): string {
  if (count === 0) return 'No account depends on it yet.'
  return count === 1 ? 'One account waits for it.' : `${count} accounts wait for it.`
}

function fallback(status: ConnectionStatus, provider: ProviderId): string {
  const name = providerNames[provider]
  switch (status) {
    case 'suspended':
      return `${name} has locked or deleted the organization.`
    case 'uncertain':
      return `An answer of ${name} was lost, and the token may have been lost with it.`
    default:
      return `${name} no longer accepts this grant.`
  }
}

function buttonOf(action: NextAction, connectionId: string): AttentionItem['button'] {
  return action === 'check_again'
    ? { kind: 'check_again', connectionId }
    : { kind: 'reconnect', connectionId }
}
