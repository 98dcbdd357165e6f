import type { ErrorCode } from '../core/errors'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { noteAppWorks } from '../provider-apps/app-fault'
import { openApp } from '../provider-apps/open-app'
import type { ApiAnswerFacts, OpenApp, TokenOutcome, TokenSet } from '../providers/contract'
import { recordAnswers } from '../rate-limits/record-answer'
import { callContext, jobDeadlineMs } from './call-context'
import { commitTokens } from './commit-tokens'
import { canMint, decideRotation } from './decide-rotation'
import { firstUse } from './first-use'
import { closeJournal, closeLostCalls, openJournal, type RotationCause } from './journal'
import { extendLease, type Lease, releaseLease, waitForLease } from './lease'
import {
  agreedWindow,
  bucketOwner,
  type RotationState,
  readRotationState,
  rotationFacts,
  type SpendableToken,
  spendableTokens,
} from './rotation-state'
import { type FailedOutcome, type SettledFailure, settleFailure } from './settle-failure'
import { firstPairKind, type PairKind, storePair } from './store-pair'

export type RotationOptions = {
  cause: RotationCause
  /** Deadline of the token call; 45 s when left out. A sent call is never abandoned before it. */
  deadlineMs?: number
}

export type RotationResult =
  | { kind: 'renewed'; accessExpiresAt: Date | null }
  /** The provider's own cap, or the back-off after a failure. */
  | { kind: 'throttled'; retryAt: Date }
  | Extract<SettledFailure, { kind: 'failed' }>
  | { kind: 'not_possible'; code: ErrorCode; words: string }
  /** Another process's rotation did not end in time. */
  | { kind: 'busy' }

/** A waiting caller outlasts the token call of whoever has the lease by this. */
const waitGraceMs = 5_000

/**
 * Replaces a connection's token pair, once at a time: callers of this process share one run, other processes are kept out by
 * the lease row. Design 3.3 and 3.4 give the order: lease, re-read, journal row, token call, commit, first use.
 *
 * @throws PatchbayError `not_found`, `secret_unreadable`
 */
export async function rotateConnection(
  deps: Deps,
  connectionId: string,
  options: RotationOptions,
): Promise<RotationResult> {
  const running = runningRotation(deps, connectionId)
  if (running) return running
  const rotation = rotate(deps, connectionId, options).finally(() => deps.rotations.delete(connectionId))
  deps.rotations.set(connectionId, rotation)
  return rotation
}

/** `Deps` cannot name this room's result, and no other module writes to the map. */
function runningRotation(deps: Deps, connectionId: string): Promise<RotationResult> | undefined {
  return deps.rotations.get(connectionId) as Promise<RotationResult> | undefined
}

async function rotate(deps: Deps, connectionId: string, options: RotationOptions): Promise<RotationResult> {
  const deadlineMs = options.deadlineMs ?? jobDeadlineMs
  const seen = await readRotationState(deps, connectionId)
  const lease = await waitForLease(deps, connectionId, seen.generation, deadlineMs + waitGraceMs)
  if (lease === 'busy') return { kind: 'busy' }
  if (lease === 'superseded') return renewed(deps, connectionId)
  try {
    const state = await readRotationState(deps, connectionId)
    if (state.generation !== seen.generation) return await renewed(deps, connectionId)
    return await rotateLeased(deps, lease, state, options.cause, deadlineMs)
  } finally {
    await releaseLease(deps, lease).catch((error) =>
      deps.log.warn({ err: error, connectionId }, 'a rotation lease was not released; it runs out by itself'),
    )
    await deps.events.publish({ topic: 'connection', id: connectionId })
  }
}

async function renewed(deps: Deps, connectionId: string): Promise<RotationResult> {
  const row = await deps.db.connection.findUniqueOrThrow({
    where: { id: connectionId },
    select: { accessExpiresAt: true, lifecycle: true },
  })
  if (row.lifecycle === 'live') return { kind: 'renewed', accessExpiresAt: row.accessExpiresAt }
  return { kind: 'not_possible', code: 'connection_ended', words: 'The connection has ended.' }
}

async function rotateLeased(
  deps: Deps,
  lease: Lease,
  state: RotationState,
  cause: RotationCause,
  deadlineMs: number,
): Promise<RotationResult> {
  const policy = deps.providers.get(state.provider).policy(state.grantKind)
  const decision = decideRotation(rotationFacts(state), policy, cause, deps.clock.now().getTime())
  switch (decision.kind) {
    case 'not_possible':
      return decision
    case 'throttled':
    case 'not_yet':
      return { kind: 'throttled', retryAt: decision.retryAt }
    case 'nothing_to_renew_with':
      return endWithoutRefreshToken(deps, state, cause)
    case 'refresh':
    case 'mint':
      break
  }
  const app = await openApp(deps, state.appId)
  const call = await callProvider(deps, lease, app, state, decision.kind, cause, deadlineMs)
  if (!call) return { kind: 'busy' }
  if (call.outcome.kind !== 'renewed') return settled(deps, state, call.journalId, call.outcome)

  const { tokens } = call.outcome
  const stored = await commitPair(deps, state, call.journalId, call.kind, tokens)
  if (!stored) return renewed(deps, state.id)
  await firstUse(deps, app, state, { accessToken: tokens.accessToken, generation: state.generation + 1 })
  return renewed(deps, state.id)
}

type ProviderCall = { journalId: string; kind: PairKind; outcome: TokenOutcome }

async function callProvider(
  deps: Deps,
  lease: Lease,
  app: OpenApp,
  state: RotationState,
  method: 'refresh' | 'mint',
  cause: RotationCause,
  deadlineMs: number,
): Promise<ProviderCall | null> {
  const provider = deps.providers.get(state.provider)
  const { id: connectionId, generation, grantKind: grant } = state
  const answers: ApiAnswerFacts[] = []
  const context = callContext(deps, deadlineMs, answers)
  const open = (kind: PairKind, refreshFingerprint: string | null) =>
    openJournal(deps.db, deps, { connectionId, cause, generation, kind, refreshFingerprint })
  const refresh = async ({ refreshToken, fingerprint }: SpendableToken): Promise<ProviderCall> => {
    const journalId = await open('refresh', fingerprint)
    return { journalId, kind: 'refresh', outcome: await provider.refresh(context, app, { refreshToken }) }
  }
  const mint = async (): Promise<ProviderCall> => {
    const kind = firstPairKind(grant)
    const journalId = await open(kind, null)
    const externalInstallId = state.installs[0]?.externalInstallId ?? null
    return { journalId, kind, outcome: await provider.mint(context, app, { grant, externalInstallId }) }
  }
  // A grant that mints needs no person when its refresh token is refused.
  const ways = method === 'mint' ? [mint] : spendableTokens(deps, state).map((token) => () => refresh(token))
  if (method === 'refresh' && canMint(rotationFacts(state))) ways.push(mint)
  try {
    return await firstThatIsNotRefused(deps, lease, ways)
  } finally {
    await recordAnswers(deps, bucketOwner(state), agreedWindow(state.app), answers)
  }
}

/**
 * Tries one way after the other as long as the provider refuses for good; each call has its own journal row and a whole lease,
 * since its deadline alone may take most of one.
 *
 * @returns `null` when somebody else has the lease meanwhile
 */
async function firstThatIsNotRefused(
  deps: Deps,
  lease: Lease,
  [first, ...others]: (() => Promise<ProviderCall>)[],
): Promise<ProviderCall | null> {
  if (!first) throw new Error('a rotation was decided with nothing to spend')
  const call = await first()
  if (call.outcome.kind !== 'terminal' || others.length === 0) return call
  await closeJournal(deps.db, deps, call.journalId, 'terminal', call.outcome)
  if (!(await extendLease(deps, lease))) return null
  return firstThatIsNotRefused(deps, lease, others)
}

/**
 * Commits the new pair with its journal row. The tokens exist nowhere else, so a database that is away for a moment is asked
 * again; after that the open journal row tells the next rotation.
 */
async function commitPair(
  deps: Deps,
  state: RotationState,
  journalId: string,
  kind: PairKind,
  tokens: TokenSet,
): Promise<boolean> {
  const write = async (tx: Tx) => {
    const input = { connectionId: state.id, tokens, kind, generation: state.generation + 1 }
    const stored = await storePair(tx, deps, input)
    await closeJournal(tx, deps, journalId, stored ? 'renewed' : 'discarded')
    if (stored) await closeLostCalls(tx, deps, state.id, 'discarded')
    return stored
  }
  const stored = await commitTokens(deps, { connectionId: state.id }, () => deps.db.$transaction(write))
  await noteAppWorks(deps, state.appId)
  return stored
}

async function settled(
  deps: Deps,
  state: RotationState,
  journalId: string,
  outcome: FailedOutcome,
): Promise<RotationResult> {
  const failure = await settleFailure(deps, state, journalId, outcome)
  if (failure.kind === 'superseded') return renewed(deps, state.id)
  if (failure.outcome === 'app_fault') await deps.events.publish({ topic: 'app', id: state.appId })
  return failure
}

/** Once its access token has ended or is refused, a pair without a refresh token needs its person again. */
async function endWithoutRefreshToken(
  deps: Deps,
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
  const journalId = await openJournal(deps.db, deps, { ...entry, kind: 'refresh', refreshFingerprint: null })
  return settled(deps, state, journalId, { kind: 'terminal', code: 'no_refresh_token', words, status: null })
}
