import type { Deps } from '../deps'
import { announceNew } from '../notifications/announce'
import { reconnectClocks } from '../provider-apps/reconnect-clocks'

/** So long before a clock runs out that a person still has a working day after a week-end. */
const warnAheadMs = 3 * 24 * 60 * 60_000
/** More than that at once is no list that anybody reads. */
const atOnce = 1_000

/**
 * Announces the accounts that a person has to connect again within three days, once for each pair and clock. For the regular
 * sweep; running it twice, or in two processes, tells nobody twice.
 *
 * @returns how many were announced now
 */
export async function warnReconnect(deps: Pick<Deps, 'sql' | 'db' | 'clock' | 'random'>): Promise<number> {
  const clocks = await reconnectClocks(deps, { withinMs: warnAheadMs, take: atOnce, stuckOnly: true })
  return announceNew(
    deps,
    clocks.map(({ connectionId, because, run, name, provider, by }) => ({
      kind: 'connection.reconnect_soon',
      dedupeKey: `connection.reconnect_soon:${connectionId}:${because}:${run}`,
      subject: { kind: 'connection', id: connectionId, name },
      detail: { provider, by: by.toISOString(), because },
    })),
  )
}
