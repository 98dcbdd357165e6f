import type { Deps } from '../deps'
import { announce } from '../notifications/announce'
import { type ReconnectClock, reconnectClocks } from '../provider-apps/reconnect-clocks'

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
  const told = await deps.db.notification.findMany({
    where: { dedupeKey: { in: clocks.map(keyOf) } },
    select: { dedupeKey: true },
  })
  const known = new Set(told.map(({ dedupeKey }) => dedupeKey))
  let count = 0
  for (const clock of clocks) {
    if (known.has(keyOf(clock))) continue
    const isNew = await announce(deps.db, deps, {
      kind: 'connection.reconnect_soon',
      dedupeKey: keyOf(clock),
      subject: { kind: 'connection', id: clock.connectionId, name: clock.name },
      detail: { provider: clock.provider, by: clock.by.toISOString(), because: clock.because },
    })
    if (isNew) count += 1
  }
  return count
}

function keyOf({ connectionId, because, run }: ReconnectClock): string {
  return `connection.reconnect_soon:${connectionId}:${because}:${run}`
}
