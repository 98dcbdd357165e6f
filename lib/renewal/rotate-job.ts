import type { ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import { type RotationResult, rotateConnection } from '../rotation/rotate-connection'
import type { CallGate } from './call-gate'
import { gatedCalls } from './gated-calls'

/** A connection that cannot even be tried (a secret that does not open) is looked at again after this. */
const stuckMs = 15 * 60_000
const busyMs = 60_000
/** Who found no place at the gate does not come back sooner. */
const comeBackMinMs = 5_000
/** Sooner than this is due: the queue and this process may count somewhat differently. */
const earlyMs = 15_000

type Due = {
  provider: ProviderId
  app_id: string
  /** `null`: nothing is planned, or the connection is not to be renewed. */
  next_attempt_at: Date | null
  failing: boolean
}

const readDues = {
  name: 'read_dues',
  text: `
    SELECT item.n, connection.provider, connection.app_id, connection.next_attempt_at,
      connection.failure_count > 0 AS failing
    FROM jsonb_to_recordset($1::jsonb) AS item (n int, connection_id text)
    JOIN connection ON connection.id = item.connection_id
    JOIN provider_app AS app ON app.id = connection.app_id
    WHERE connection.lifecycle = 'live' AND app.hidden_at IS NULL`,
}

/**
 * Carries out a connection's rotation if it is (still) due and its app has a place, and plans its next turn as the last step.
 * Whatever comes of it, the next turn is later, so that none keeps the others from theirs.
 */
export async function rotateJob(deps: Deps, gate: CallGate, connectionId: string): Promise<void> {
  const [due] = await deps.sql.batched<Due>(readDues, { connection_id: connectionId })
  if (!due?.next_attempt_at) return
  if (due.next_attempt_at.getTime() - deps.clock.now().getTime() > earlyMs)
    return plan(deps, connectionId, due, due.next_attempt_at)

  const caller = { appId: due.app_id, failing: due.failing }
  const entry = await gate.enter(caller)
  if (entry.kind === 'sent_away') return plan(deps, connectionId, due, sometime(deps, entry.comeBackMs))
  const calls = gatedCalls(deps.http, gate, caller, entry.leave)
  try {
    const gated = { ...deps, http: calls.http }
    const turn = await rotateConnection(gated, connectionId, { cause: 'due' }).then(
      (result) => nextTurn(deps, result),
      (error: unknown) => {
        deps.log.error({ err: error, connectionId }, 'a connection that was due was not renewed')
        return { at: after(deps, stuckMs), isWritten: false }
      },
    )
    if (!turn) return
    if (!turn.isWritten) await postpone(deps, connectionId, due.next_attempt_at, turn.at)
    if (turn.at) await plan(deps, connectionId, { ...due, failing: due.failing || turn.isWritten }, turn.at)
  } finally {
    calls.end()
  }
}

type Turn = {
  at: Date | null
  /** Whether the rotation has written it to the connection, as a failure. */
  isWritten: boolean
}

/** @returns `null` where the next turn is planned already: whoever stores a pair plans it */
function nextTurn(deps: Pick<Deps, 'clock'>, result: RotationResult): Turn | null {
  switch (result.kind) {
    case 'renewed':
      return null
    case 'failed':
      return { at: result.retryAt, isWritten: true }
    case 'throttled':
    case 'put_off':
      return { at: result.retryAt, isWritten: false }
    case 'busy':
      return { at: after(deps, busyMs), isWritten: false }
    case 'not_possible':
      return { at: null, isWritten: false }
  }
}

/** Unless it was planned anew meanwhile. */
async function postpone(deps: Pick<Deps, 'db'>, id: string, nextAttemptAt: Date, laterAt: Date | null) {
  await deps.db.connection.updateMany({ where: { id, nextAttemptAt }, data: { nextAttemptAt: laterAt } })
}

function plan(
  deps: Pick<Deps, 'jobs'>,
  connectionId: string,
  { provider, failing }: Pick<Due, 'provider' | 'failing'>,
  at: Date,
): Promise<void> {
  return deps.jobs.planRotations([{ connectionId, provider, at, failing }])
}

function sometime(deps: Pick<Deps, 'clock' | 'random'>, withinMs: number): Date {
  const share = (deps.random.bytes(1)[0] ?? 0) / 255
  const soonestMs = Math.min(comeBackMinMs, withinMs)
  return after(deps, soonestMs + share * (withinMs - soonestMs))
}

function after(deps: Pick<Deps, 'clock'>, spanMs: number): Date {
  return new Date(deps.clock.now().getTime() + spanMs)
}
