import { type Actor, requireRole } from '../core/actor'
import type { Environment, ProviderId } from '../core/provider'
import type { Deps } from '../deps'

const waitingMax = 200
const settledMax = 30

export type InstallRow = {
  id: string
  /** What the person at the other company was told. */
  reference: string
  provider: ProviderId
  orgName: string | null
  externalOrgId: string | null
  externalInstallId: string
  appName: string
  environment: Environment
  state: 'waiting' | 'accepted' | 'refused' | 'uninstalled'
  /** `landing`, `webhook` or `pasted`. */
  learntFrom: string
  createdAt: Date
  updatedAt: Date
  /** `null` where its connection is gone. */
  connectionId: string | null
}

export type InstallsPage = {
  q: string
  waiting: InstallRow[]
  /** All that wait, whatever is searched for. */
  waitingTotal: number
  /** Refused and removed ones, the latest first. */
  settled: InstallRow[]
  /** Apps whose installs can be added by INSTALL_ID. */
  s2sApps: { id: string; name: string; environment: Environment }[]
}

const select = {
  id: true,
  reference: true,
  provider: true,
  orgName: true,
  externalOrgId: true,
  externalInstallId: true,
  state: true,
  learntFrom: true,
  createdAt: true,
  updatedAt: true,
  connectionId: true,
  app: { select: { name: true, environment: true } },
} as const

/**
 * Installs that wait to be accepted, and those that were refused or removed.
 *
 * @param params of the URL: `q`, a reference, organisation, install id or app name in part
 * @throws PatchbayError `forbidden`
 */
export async function installsPage(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  params: Readonly<Record<string, unknown>>,
): Promise<InstallsPage> {
  requireRole(actor, 'viewer')
  const q = typeof params.q === 'string' ? params.q.trim().slice(0, 100) : ''
  const matching = q === '' ? {} : searchFor(q)
  const [waiting, waitingTotal, settled, s2sApps] = await Promise.all([
    deps.db.install.findMany({
      where: { state: 'waiting', ...matching },
      orderBy: { createdAt: 'desc' },
      take: waitingMax,
      select,
    }),
    deps.db.install.count({ where: { state: 'waiting' } }),
    deps.db.install.findMany({
      where: { state: { in: ['refused', 'uninstalled'] }, ...matching },
      orderBy: { updatedAt: 'desc' },
      take: settledMax,
      select,
    }),
    deps.db.providerApp.findMany({
      where: { provider: 'outreach', grants: { has: 's2s' }, hiddenAt: null },
      orderBy: [{ environment: 'desc' }, { name: 'asc' }],
      select: { id: true, name: true, environment: true },
    }),
  ])
  return { q, waiting: waiting.map(installRow), waitingTotal, settled: settled.map(installRow), s2sApps }
}

/** A reference is typed with or without its hyphen, in either case. */
function searchFor(q: string) {
  const contains = { contains: q, mode: 'insensitive' } as const
  const letters = q.toUpperCase().replace(/[^0-9A-Z]/g, '')
  const reference = letters.length === 8 ? `${letters.slice(0, 4)}-${letters.slice(4)}` : q.toUpperCase()
  return {
    OR: [
      { reference: { contains: reference } },
      { orgName: contains },
      { externalOrgId: contains },
      { externalInstallId: contains },
      { app: { name: contains } },
    ],
  }
}

type StoredInstall = Omit<InstallRow, 'appName' | 'environment'> & {
  app: { name: string; environment: Environment }
}

function installRow({ app, ...row }: StoredInstall): InstallRow {
  return { ...row, appName: app.name, environment: app.environment }
}
