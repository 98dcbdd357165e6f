import type { Deps } from '../deps'

/** In case the news is lost: its sender may die between its commit and the notification. */
const lookAgainMs = 5_000
/** A lease that runs out is looked at just after. */
const graceMs = 100

export type WaitEnd =
  /** Another pair is stored. */
  | { kind: 'superseded' }
  /** Nobody rotates it any more, and the pair is the same. `leftMs`: what is left of the wait. */
  | { kind: 'free'; leftMs: number }
  | { kind: 'busy' }

const readProgress = {
  name: 'rotation_progress',
  text: `
    SELECT connection.generation,
      (extract(epoch FROM lease.until - clock_timestamp()) * 1000)::float8 AS lease_left_ms
    FROM connection LEFT JOIN rotation_lease AS lease ON lease.connection_id = connection.id
    WHERE connection.id = $1`,
}
type Progress = { generation: number; lease_left_ms: number | null }

/**
 * Waits while somebody else, here or in another process, rotates a connection. It is woken by the news of that connection
 * (LISTEN) and by the end of the lease, and does not poll.
 *
 * @param generation of the pair as the caller read it
 */
export async function waitForRotation(
  deps: Pick<Deps, 'sql' | 'events'>,
  connectionId: string,
  generation: number,
  waitMaxMs: number,
): Promise<WaitEnd> {
  const endMs = performance.now() + waitMaxMs
  // Listening begins before the row is read: news that comes in between is not missed.
  const news = listen(deps, connectionId)
  try {
    for (;;) {
      const [progress] = await deps.sql.run<Progress>(readProgress, [connectionId])
      if (!progress || progress.generation !== generation) return { kind: 'superseded' }
      const leftMs = endMs - performance.now()
      const leaseLeftMs = progress.lease_left_ms ?? 0
      if (leaseLeftMs <= 0) return { kind: 'free', leftMs: Math.max(0, leftMs) }
      if (leftMs <= 0) return { kind: 'busy' }
      await news.next(Math.min(leftMs, leaseLeftMs + graceMs, lookAgainMs))
    }
  } finally {
    news.end()
  }
}

/** News of one connection; what came since the last `next` ends the following one at once. */
function listen(deps: Pick<Deps, 'events'>, connectionId: string) {
  let come = false
  let wake = () => {}
  const end = deps.events.subscribe(({ topic, id }) => {
    if (topic !== 'connection' || (id !== connectionId && id !== '*')) return
    come = true
    wake()
  })
  return {
    end,
    async next(timeoutMs: number): Promise<void> {
      if (!come) {
        let timer: NodeJS.Timeout | undefined
        await new Promise<void>((resolve) => {
          wake = resolve
          timer = setTimeout(resolve, timeoutMs)
        })
        clearTimeout(timer)
      }
      come = false
    },
  }
}
