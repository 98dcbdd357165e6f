import type { Deps } from '../deps'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Rows of one statement: a delete holds its rows' locks for milliseconds. */
const batch = 1_000
/** What is left then waits for the next hour. */
const batchesMax = 500

type Pruning = Pick<Deps, 'db' | 'clock' | 'log'>
type Ago = (spanMs: number) => Date

/**
 * Deletes what is past its time, in small batches: the journal's rows (each connection keeps its newest twenty, and every call
 * of which nobody knows what became of it), webhook deliveries, ended sessions, presses of Connect and their secrets, throttle
 * windows, setup tokens, notifications, usage and token reads by minute, refreshes that programs asked for, and jobs that have
 * given up. One kind that fails keeps no other from its turn.
 */
export async function prune({ db, clock, log }: Pruning): Promise<void> {
  const nowMs = clock.now().getTime()
  const ago: Ago = (spanMs) => new Date(nowMs - spanMs)
  for (const [words, deleteSome] of prunings(db, ago)) {
    try {
      await inBatches(deleteSome)
    } catch (error) {
      log.warn({ err: error }, `what is past its time was not deleted: ${words}`)
    }
  }
}

async function inBatches(deleteSome: () => Promise<number>): Promise<void> {
  for (let turn = 0; turn < batchesMax; turn++) {
    if ((await deleteSome()) < batch) return
  }
}

/** Rows that go when an instant of theirs is so long past. */
const lapsing: readonly (readonly [words: string, table: string, instant: string, spanMs: number])[] = [
  ['webhook deliveries', 'webhook_delivery', 'received_at', 90 * dayMs],
  ['sessions', 'session', 'least(ended_at, expires_at)', 90 * dayMs],
  ['throttle windows', 'throttle_window', 'window_start', dayMs],
  ['setup tokens', 'setup_token_use', 'first_at', 90 * dayMs],
  ['notifications', 'notification', 'at', 180 * dayMs],
  ['usage by minute', 'usage_minute', 'minute', 30 * dayMs],
  ['token reads', 'token_read', 'minute', 30 * dayMs],
  ['requested refreshes', 'refresh_request', 'at', dayMs],
]

function prunings(db: Deps['db'], ago: Ago): [string, () => Promise<number>][] {
  return [
    [
      'journal',
      () => db.$executeRaw`
        DELETE FROM rotation_journal WHERE id IN (
          SELECT entry.id FROM rotation_journal AS entry
          WHERE entry.started_at < ${ago(90 * dayMs)} AND entry.outcome <> 'open' AND 20 <= (
            SELECT count(*) FROM (
              SELECT 1 FROM rotation_journal AS newer
              WHERE newer.connection_id = entry.connection_id AND newer.started_at > entry.started_at
              LIMIT 20) AS newest)
          LIMIT ${batch})`,
    ],
    [
      'secrets of flows',
      () => db.$executeRaw`
        UPDATE connect_flow SET verifier_sealed = NULL, code_sealed = NULL WHERE id IN (
          SELECT id FROM connect_flow
          WHERE expires_at < ${ago(hourMs)} AND (verifier_sealed IS NOT NULL OR code_sealed IS NOT NULL)
          LIMIT ${batch})`,
    ],
    [
      'flows that led to no connection',
      () => db.$executeRaw`
        DELETE FROM connect_flow WHERE id IN (
          SELECT id FROM connect_flow
          WHERE created_at < ${ago(90 * dayMs)} AND expires_at < ${ago(90 * dayMs)}
            AND connection_id IS NULL AND result_id IS NULL
          LIMIT ${batch})`,
    ],
    ...lapsing.map(([words, table, instant, spanMs]): [string, () => Promise<number>] => {
      const text = `
        DELETE FROM ${table} WHERE ctid IN (
          SELECT ctid FROM ${table} WHERE ${instant} < $1::timestamptz LIMIT $2)`
      return [words, () => db.$executeRawUnsafe(text, ago(spanMs), batch)]
    }),
    ['jobs that have given up', () => givenUp(db)],
  ]
}

/** Their rows tell the sweep for a day that nothing is to be tried again. */
async function givenUp(db: Deps['db']): Promise<number> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT done.id::text FROM graphile_worker.complete_jobs(ARRAY(
      SELECT id FROM graphile_worker.jobs
      WHERE attempts >= max_attempts AND updated_at < now() - interval '1 day'
        AND (locked_at IS NULL OR locked_at < now() - interval '4 hours')
      LIMIT ${batch})) AS done`
  return rows.length
}
