import type { ProviderId } from '../core/provider'
import { providerIds } from '../core/provider'
import { type ConnectionStatus, connectionStatuses } from '../core/status'
import type { Deps } from '../deps'
import { fullestBuckets } from './bucket-keys'
import { type RateRow, rateRows } from './rate-rows'
import { shownStatus } from './shown-status'

export type ProviderCard = {
  provider: ProviderId
  /** Statuses that occur, in the vocabulary's order. */
  statuses: { status: ConnectionStatus; count: number }[]
  /** Accounts that have not ended. */
  accounts: number
  hasSandboxApp: boolean
  /** The fullest bucket that has a limit, `null` where no limit is known. */
  busiest: RateRow | null
}

/** A card's facts for each provider. */
export async function overviewProviders(deps: Pick<Deps, 'sql' | 'db' | 'clock'>): Promise<ProviderCard[]> {
  const [counts, apps, busiest] = await Promise.all([
    deps.db.connection.groupBy({
      by: ['provider', 'appId', 'ownStatus'],
      where: { lifecycle: { not: 'refused' }, NOT: { pendingReason: 'other_account', lifecycle: 'pending' } },
      _count: { _all: true },
    }),
    deps.db.providerApp.findMany({
      select: { id: true, provider: true, origin: true, faultAt: true, hiddenAt: true },
    }),
    Promise.all(providerIds.map((provider) => busiestLimit(deps, provider))),
  ])
  const faulty = new Set(apps.flatMap((app) => (app.faultAt ? [app.id] : [])))
  return providerIds.map((provider, index) => {
    const byStatus = new Map<ConnectionStatus, number>()
    for (const row of counts) {
      if (row.provider !== provider) continue
      const status = shownStatus(row.ownStatus, faulty.has(row.appId))
      byStatus.set(status, (byStatus.get(status) ?? 0) + row._count._all)
    }
    const statuses = connectionStatuses.flatMap((status) => {
      const count = byStatus.get(status)
      return count ? [{ status, count }] : []
    })
    return {
      provider,
      statuses,
      accounts: statuses.reduce((sum, { status, count }) => sum + (status === 'disconnected' ? 0 : count), 0),
      hasSandboxApp: apps.some(
        (app) => app.provider === provider && app.origin === 'sandbox' && !app.hiddenAt,
      ),
      busiest: busiest[index] ?? null,
    }
  })
}

async function busiestLimit(
  deps: Pick<Deps, 'sql' | 'db' | 'clock'>,
  provider: ProviderId,
): Promise<RateRow | null> {
  const [row] = await rateRows(deps, await fullestBuckets(deps, { provider, near: false, take: 1 }))
  return row ?? null
}
