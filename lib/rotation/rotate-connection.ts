import { type ErrorCode, isPatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import { openApp } from '../provider-apps/open-app'
import { admitRotation } from './admit-rotation'
import { jobDeadlineMs } from './call-context'
import { callProvider } from './call-provider'
import { commitPair } from './commit-pair'
import type { PutOff } from './decide-rotation'
import { firstUse } from './first-use'
import { openJournal, type RotationCause } from './journal'
import { type Lease, releaseLease } from './lease'
import { noteNotStored } from './note-not-stored'
import { noteRotationWorked } from './note-worked'
import { probeFirst } from './probe-first'
import { beginRotation, type RotationState } from './rotation-state'
import { settleFailure } from './settle-failure'
import type { FailedCall, SettledFailure } from './settling'
import { waitForRotation } from './wait-for-rotation'

export type RotationOptions = {
  cause: RotationCause
  /** Deadline of the token call; 45 s when left out. A sent call is never abandoned before it. */
  deadlineMs?: number
  /** The pair that is to be replaced: another one that is found stored is left as it is. */
  generation?: number
}

export type RotationResult =
  | { kind: 'renewed'; accessExpiresAt: Date | null }
  /** The provider's own cap. */
  | { kind: 'throttled'; retryAt: Date }
  /** The back-off after a failure, or what lies around the connection: its database, its provider, its app. */
  | PutOff
  | Extract<SettledFailure, { kind: 'failed' }>
  | { kind: 'not_possible'; code: ErrorCode; words: string }
  /** Another process's rotation did not end in time. */
  | { kind: 'busy' }

/** One rotation on its way: known when the pair is committed, over when the new token has been used once. */
export type RunningRotation = {
  /** Generation of the pair that it was to replace. */
  replaces: Promise<number>
  result: Promise<RotationResult>
  settled: Promise<RotationResult>
}

/** A waiting caller outlasts the token call of whoever has the lease by this. */
export const waitGraceMs = 5_000

/**
 * Replaces a connection's token pair, once at a time: callers of this process share one run, other processes are kept out by
 * the lease row. Design 3.3 and 3.4 give the order: lease, re-read, journal row, token call, commit, first use.
 *
 * @throws PatchbayError `not_found`, `secret_unreadable`
 */
export function rotateConnection(
  deps: Deps,
  connectionId: string,
  options: RotationOptions,
): Promise<RotationResult> {
  return startRotation(deps, connectionId, options).settled
}

/**
 * Begins a rotation or joins the one that runs: for callers that want the token as soon as it is committed. One that has replaced an
 * older pair than the caller's is let come to its end, and another one begun.
 */
export function startRotation(deps: Deps, connectionId: string, options: RotationOptions): RunningRotation {
  const running = runningRotation(deps, connectionId)
  if (!running) return beginRunning(deps, connectionId, options)
  const { generation } = options
  if (generation === undefined) return running
  const meant = running.replaces.then(
    async (replaced) => {
      if (generation <= replaced) return running
      await running.settled.catch(() => {})
      return startRotation(deps, connectionId, options)
    },
    () => running,
  )
  return heard({
    replaces: meant.then(({ replaces }) => replaces),
    result: meant.then(({ result }) => result),
    settled: meant.then(({ settled }) => settled),
  })
}

function beginRunning(deps: Deps, connectionId: string, options: RotationOptions): RunningRotation {
  const committed = rotate(deps, connectionId, options)
  const rotation = heard({
    replaces: committed.then(({ replaces }) => replaces),
    result: committed.then(({ result }) => result),
    settled: committed
      .then(async ({ result, firstUse }) => {
        await firstUse?.()
        return result
      })
      .finally(() => deps.rotations.delete(connectionId)),
  })
  deps.rotations.set(connectionId, rotation)
  return rotation
}

/** Each promise has its own readers, or none. */
function heard(rotation: RunningRotation): RunningRotation {
  for (const promise of Object.values(rotation)) promise.catch(() => {})
  return rotation
}

/** `Deps` cannot name this room's result, and no other module writes to the map. */
function runningRotation(deps: Deps, connectionId: string): RunningRotation | undefined {
  return deps.rotations.get(connectionId) as RunningRotation | undefined
}

type Rotated = { result: RotationResult; firstUse?: () => Promise<unknown> }

async function rotate(
  deps: Deps,
  connectionId: string,
  options: RotationOptions,
): Promise<Rotated & { replaces: number }> {
  const deadlineMs = options.deadlineMs ?? jobDeadlineMs
  let waitMs = deadlineMs + waitGraceMs
  let seen = options.generation ?? null
  for (;;) {
    const { lease, state } = await beginRotation(deps, connectionId)
    seen ??= state.generation
    if (lease) {
      if (state.generation === seen)
        return { replaces: seen, ...(await underLease(deps, lease, state, options.cause, deadlineMs)) }
      await giveBack(deps, lease)
      return { replaces: seen, result: await renewed(deps, connectionId) }
    }
    const wait = await waitForRotation(deps, connectionId, seen, waitMs)
    if (wait.kind === 'superseded') return { replaces: seen, result: await renewed(deps, connectionId) }
    if (wait.kind === 'busy') return { replaces: seen, result: { kind: 'busy' } }
    waitMs = wait.leftMs
  }
}

async function renewed(deps: Deps, connectionId: string): Promise<RotationResult> {
  const row = await deps.db.connection.findUnique({
    where: { id: connectionId },
    select: { accessExpiresAt: true, lifecycle: true },
  })
  if (row?.lifecycle === 'live') return { kind: 'renewed', accessExpiresAt: row.accessExpiresAt }
  return { kind: 'not_possible', code: 'connection_ended', words: 'The connection has ended.' }
}

/** Somebody else has the lease now: with another pair stored there is nothing left to do. */
async function overtaken(deps: Deps, { id, generation }: RotationState): Promise<RotationResult> {
  const same = await deps.db.connection.count({ where: { id, generation } })
  return same === 0 ? renewed(deps, id) : { kind: 'busy' }
}

/** Whatever comes of it, the lease is given back and those who wait are told. */
async function underLease(
  deps: Deps,
  lease: Lease,
  state: RotationState,
  cause: RotationCause,
  deadlineMs: number,
): Promise<Rotated> {
  const end = deps.metrics.rotationSeconds.startTimer({ provider: state.provider })
  let outcome = 'error'
  let isCommitted = false
  try {
    const rotated = await rotateLeased(deps, lease, state, cause, deadlineMs)
    isCommitted = rotated.firstUse !== undefined
    outcome = rotated.result.kind === 'failed' ? rotated.result.outcome : rotated.result.kind
    return rotated
  } catch (error) {
    if (isPatchbayError(error)) outcome = error.code
    throw error
  } finally {
    deps.metrics.rotations.inc({ provider: state.provider, cause, outcome })
    end({ outcome })
    // The commit gave it back; another process's pair did not.
    if (!isCommitted) await giveBack(deps, lease)
    await deps.events.publish({ topic: 'connection', id: state.id })
  }
}

async function giveBack(deps: Deps, lease: Lease): Promise<void> {
  const { connectionId } = lease
  await releaseLease(deps, lease).catch((error) =>
    deps.log.warn({ err: error, connectionId }, 'a rotation lease was not released; it runs out by itself'),
  )
}

async function rotateLeased(
  deps: Deps,
  lease: Lease,
  state: RotationState,
  cause: RotationCause,
  deadlineMs: number,
): Promise<Rotated> {
  const decision = await admitRotation(deps, state, cause)
  switch (decision.kind) {
    case 'not_possible':
    case 'put_off':
    case 'throttled':
      return { result: decision }
    case 'nothing_to_renew_with':
      return { result: await endWithoutRefreshToken(deps, lease, state, cause) }
    case 'refresh':
    case 'mint':
      break
  }
  const app = await openApp(deps, state.appId)
  const doubt = await probeFirst(deps, app, state)
  if (doubt) return { result: doubt.kind === 'superseded' ? await renewed(deps, state.id) : doubt }
  const call = await callProvider(deps, { lease, app, state, method: decision.kind, cause, deadlineMs })
  if (!call) return { result: await overtaken(deps, state) }
  if (call.outcome.kind !== 'renewed')
    return { result: await settled(deps, state, { journalId: call.journalId, cause, outcome: call.outcome }) }

  const { journalId, kind } = call
  const { tokens } = call.outcome
  const commit = { state, lease: call.lease, journalId, kind, tokens }
  const pair = await commitPair(deps, commit).catch(async (error) => {
    await noteNotStored(deps, state)
    throw error
  })
  await noteRotationWorked(deps, state)
  if (!pair) return { result: await renewed(deps, state.id) }
  const first = { accessToken: tokens.accessToken, generation: pair.generation }
  return {
    result: { kind: 'renewed', accessExpiresAt: pair.accessExpiresAt },
    firstUse: async () => {
      await planNext(deps, state, pair.nextAttemptAt)
      await firstUse(deps, app, state, first).catch((error) =>
        deps.log.warn({ err: error, connectionId: state.id }, 'a new token was not tried'),
      )
    },
  }
}

/** The row has the next instant already; the queue is told so that a worker wakes for it, and the sweep finds what was not. */
async function planNext(deps: Deps, state: RotationState, at: Date | null): Promise<void> {
  if (!at) return
  const { id: connectionId, provider } = state
  await deps.jobs
    .planRotations([{ connectionId, provider, at, failing: false }])
    .catch((error) => deps.log.warn({ err: error, connectionId }, 'the next rotation was not queued'))
}

async function settled(deps: Deps, state: RotationState, call: FailedCall): Promise<RotationResult> {
  const failure = await settleFailure(deps, state, call)
  if (failure.kind === 'superseded') return renewed(deps, state.id)
  if (failure.outcome === 'app_fault') await deps.events.publish({ topic: 'app', id: state.appId })
  return failure
}

/** Once its access token has ended or is refused, a pair without a refresh token needs its person again. */
async function endWithoutRefreshToken(
  deps: Deps,
  lease: Lease,
  state: RotationState,
  cause: RotationCause,
): Promise<RotationResult> {
  const words =
    'The provider gave no refresh token, so this token cannot be renewed: connect the account again.'
  const expiresAt = state.pair?.accessExpiresAt
  // Nothing but a use that the provider refused makes such a pair retry.
  const refused = state.retryingSince !== null
  if (!refused && expiresAt && expiresAt > deps.clock.now())
    return { kind: 'not_possible', code: 'needs_reconnect', words }
  const entry = { connectionId: state.id, cause, generation: state.generation }
  const journalId = await openJournal(deps, lease, { ...entry, kind: 'refresh', refreshFingerprint: null })
  if (!journalId) return overtaken(deps, state)
  const outcome = { kind: 'terminal', code: 'no_refresh_token', words, status: null } as const
  return settled(deps, state, { journalId, cause, outcome })
}
