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
      'webhook deliveries',
      () => db.$executeRaw`
        DELETE FROM webhook_delivery WHERE id IN (
          SELECT id FROM webhook_delivery WHERE received_at < ${ago(90 * dayMs)} LIMIT ${batch})`,
    ],
    [
      'sessions',
      () => db.$executeRaw`
        DELETE FROM session WHERE id IN (
          SELECT id FROM session WHERE least(ended_at, expires_at) < ${ago(90 * dayMs)} LIMIT ${batch})`,
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
    [
      'throttle windows',
      () => db.$executeRaw`
        DELETE FROM throttle_window WHERE ctid IN (
          SELECT ctid FROM throttle_window WHERE window_start < ${ago(dayMs)} LIMIT ${batch})`,
    ],
    [
      'setup tokens',
      () => db.$executeRaw`
        DELETE FROM setup_token_use WHERE token_hash IN (
          SELECT token_hash FROM setup_token_use WHERE first_at < ${ago(90 * dayMs)} LIMIT ${batch})`,
    ],
    [
      'notifications',
      () => db.$executeRaw`
        DELETE FROM notification WHERE id IN (
          SELECT id FROM notification WHERE at < ${ago(180 * dayMs)} LIMIT ${batch})`,
    ],
    ...machinePrunings(db, ago),
    ['jobs that have given up', () => givenUp(db)],
  ]
}

/** What programs leave behind. */
function machinePrunings(db: Deps['db'], ago: Ago): [string, () => Promise<number>][] {
  return [
    [
      'usage by minute',
      () => db.$executeRaw`
        DELETE FROM usage_minute WHERE ctid IN (
          SELECT ctid FROM usage_minute WHERE minute < ${ago(30 * dayMs)} LIMIT ${batch})`,
    ],
    [
      'token reads',
      () => db.$executeRaw`
        DELETE FROM token_read WHERE ctid IN (
          SELECT ctid FROM token_read WHERE minute < ${ago(30 * dayMs)} LIMIT ${batch})`,
    ],
    [
      'requested refreshes',
      () => db.$executeRaw`
        DELETE FROM refresh_request WHERE ctid IN (
          SELECT ctid FROM refresh_request WHERE at < ${ago(dayMs)} LIMIT ${batch})`,
    ],
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
