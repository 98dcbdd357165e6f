import { keyExpiresSoonMs } from '../core/key-state'
import type { Deps } from '../deps'
import { announceNew } from '../notifications/announce'

/** More than that at once is no list that anybody reads. */
const atOnce = 1_000

/**
 * Announces the API keys that end within a week, so that their programs get others before; once for each end. For the regular sweep.
 *
 * @returns how many were announced now
 */
export async function warnKeys(deps: Pick<Deps, 'db' | 'clock' | 'random'>): Promise<number> {
  const now = deps.clock.now()
  const keys = await deps.db.apiKey.findMany({
    where: { revokedAt: null, expiresAt: { gt: now, lt: new Date(now.getTime() + keyExpiresSoonMs) } },
    orderBy: { expiresAt: 'asc' },
    take: atOnce,
    select: { id: true, name: true, hint: true, expiresAt: true, lastUsedAt: true },
  })
  return announceNew(
    deps,
    keys.map(({ id, name, hint, expiresAt, lastUsedAt }) => {
      const by = expiresAt?.toISOString() ?? null
      return {
        kind: 'api_key.expiring',
        dedupeKey: `api_key.expiring:${id}:${by}`,
        subject: { kind: 'api_key', id, name },
        detail: { by, hint, last_used: lastUsedAt?.toISOString() ?? null },
      }
    }),
  )
}
