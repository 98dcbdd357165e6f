import type { ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import { fullestBuckets, type RateRow, rateRows } from './rate-limits-page'

const aheadMs = 7 * 24 * 60 * 60_000
const shownMax = 8
/** In millionths of a bucket. */
const nearShare = 800_000

/** A day after which only a person can bring an account back. */
export type ReconnectBy = {
  connectionId: string
  provider: ProviderId
  name: string
  by: Date
  /** `refresh_token`: its refresh token ends then; `development`: a development grant of another organisation lapses weekly. */
  because: 'refresh_token' | 'development'
}

export type ComingUp = { reconnectBy: ReconnectBy[]; nearLimits: RateRow[] }

const select = {
  id: true,
  provider: true,
  label: true,
  accountName: true,
  refreshExpiresAt: true,
  consentAt: true,
} as const

/** What the next seven days bring: clocks that run out and limits of which four fifths are used. */
export async function overviewComingUp(deps: Pick<Deps, 'db' | 'clock'>): Promise<ComingUp> {
  const now = deps.clock.now()
  const until = new Date(now.getTime() + aheadMs)
  const live = { lifecycle: 'live' as const, needsReconnectAt: null, uncertainAt: null }
  const [ending, lapsing, fullest] = await Promise.all([
    deps.db.connection.findMany({
      where: { ...live, refreshExpiresAt: { gt: now, lte: until } },
      orderBy: { refreshExpiresAt: 'asc' },
      take: shownMax,
      select,
    }),
    lapsingGrants(deps, now),
    fullestBuckets(deps, { provider: null, after: null, take: shownMax }),
  ])
  const near = fullest.filter((bucket) => bucket.share >= nearShare).map((bucket) => bucket.bucket)
  const clocks = [
    ...lapsing,
    ...ending.flatMap((row) =>
      row.refreshExpiresAt ? [named(row, row.refreshExpiresAt, 'refresh_token')] : [],
    ),
  ].sort((a, b) => a.by.getTime() - b.by.getTime())
  const first = clocks.filter(
    (clock, index) => clocks.findIndex((other) => other.connectionId === clock.connectionId) === index,
  )
  return { reconnectBy: first.slice(0, shownMax), nearLimits: await rateRows(deps, near) }
}

/** Seed 001: with development credentials, people of organisations other than the app's own connect anew every week. */
async function lapsingGrants(deps: Pick<Deps, 'db'>, now: Date): Promise<ReconnectBy[]> {
  const apps = await deps.db.providerApp.findMany({
    where: { provider: 'outreach', environment: 'development', hiddenAt: null, owningOrgId: { not: null } },
    select: { id: true, owningOrgId: true },
  })
  const rows = await Promise.all(
    apps.map(({ id, owningOrgId }) =>
      deps.db.connection.findMany({
        where: {
          appId: id,
          grantKind: 'oauth_code',
          lifecycle: 'live',
          needsReconnectAt: null,
          externalOrgId: { not: owningOrgId },
          consentAt: { gt: new Date(now.getTime() - aheadMs), lte: now },
        },
        orderBy: { consentAt: 'asc' },
        take: shownMax,
        select,
      }),
    ),
  )
  return rows
    .flat()
    .flatMap((row) =>
      row.consentAt ? [named(row, new Date(row.consentAt.getTime() + aheadMs), 'development')] : [],
    )
}

function named(
  row: { id: string; provider: ProviderId; label: string | null; accountName: string },
  by: Date,
  because: ReconnectBy['because'],
): ReconnectBy {
  return { connectionId: row.id, provider: row.provider, name: row.label ?? row.accountName, by, because }
}
