import type { Db } from '../db/client'
import type { Deps } from '../deps'

const dayMs = 24 * 3_600_000

/** Token calls a day that a failing connection may cost its provider (design 3.5). */
export const failedCallsPerDay = 30

/**
 * The next try of a failing connection, moved to where it is within the cap.
 *
 * @param thirtiethAt start of the thirtieth newest call without a pair, `null` where there were fewer
 */
export function withinDailyCap(tryAt: Date, thirtiethAt: Date | null): Date {
  return thirtiethAt ? new Date(Math.max(tryAt.getTime(), thirtiethAt.getTime() + dayMs)) : tryAt
}

/** The call that `withinDailyCap` reckons from. */
export async function thirtiethFailedCall(
  tx: Pick<Db, 'rotationJournal'>,
  deps: Pick<Deps, 'clock'>,
  connectionId: string,
): Promise<Date | null> {
  const row = await tx.rotationJournal.findFirst({
    where: {
      connectionId,
      outcome: { not: 'renewed' },
      startedAt: { gt: new Date(deps.clock.now().getTime() - dayMs) },
    },
    orderBy: { startedAt: 'desc' },
    skip: failedCallsPerDay - 1,
    select: { startedAt: true },
  })
  return row?.startedAt ?? null
}
