import type { Deps } from '../deps'

export type Attempt = { allowed: true } | { allowed: false; retryAt: Date }

/**
 * Counts one attempt in a bucket's fixed window, across processes, and says whether it may go on. The row is written before the
 * answer, so that a hundred attempts at once are a hundred.
 *
 * @param limit attempts a window
 */
export async function countAttempt(
  deps: Pick<Deps, 'clock' | 'db'>,
  bucket: string,
  { limit, windowMs }: { limit: number; windowMs: number },
): Promise<Attempt> {
  const nowMs = deps.clock.now().getTime()
  const startMs = nowMs - (nowMs % windowMs)
  const rows = await deps.db.$queryRaw<{ count: number }[]>`
    INSERT INTO throttle_window (bucket, window_start, count) VALUES (${bucket}, ${new Date(startMs)}, 1)
    ON CONFLICT (bucket, window_start) DO UPDATE SET count = throttle_window.count + 1
    RETURNING count`
  const count = rows[0]?.count ?? 1
  if (count === 1) await forgetOldWindows(deps, startMs)
  return count <= limit ? { allowed: true } : { allowed: false, retryAt: new Date(startMs + windowMs) }
}

const keptMs = 24 * 60 * 60 * 1000

async function forgetOldWindows(deps: Pick<Deps, 'db'>, startMs: number): Promise<void> {
  await deps.db.throttleWindow.deleteMany({ where: { windowStart: { lt: new Date(startMs - keptMs) } } })
}
