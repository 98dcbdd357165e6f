import { PatchbayError } from '../core/errors'
import type { ProviderId } from '../core/provider'
import type { Secret } from '../core/secret'
import type { Deps } from '../deps'
import { jobDeadlineMs } from './call-context'
import { oldTokenLives } from './old-token'
import { openToken } from './pair-columns'
import { livesFor, noSuchConnection, readToken, type TokenRow, type Unsettled } from './read-token'
import { type RotationResult, type RunningRotation, startRotation, waitGraceMs } from './rotate-connection'
import { connectionEnded, needsReconnect, rotationFault } from './rotation-fault'

export type FreshAccessToken = {
  accessToken: Secret
  expiresAt: Date | null
  /** Where the provider's API is for this account, if not at the app's base URL. */
  apiUrl: string | null
  /** Base URL of the provider app. */
  baseUrl: string
  /** Of the pair it belongs to. */
  generation: number
}

export type FreshnessOptions = {
  /** The token has to live at least this long; asked for more than half its life, half its life is enough. */
  minTtlMs: number
  /** Deadline of a token call, where one is needed; 45 s when left out. */
  deadlineMs?: number
  /** What was read of the connection a moment ago, for the same caller. */
  row?: TokenRow | null
  /** Whether the caller reaches the connection; for one out of reach it is as if there were none. */
  mayRead?(connection: { id: string; provider: ProviderId }): boolean
}

/**
 * A live access token of a connection, renewed first when it ends too soon. While a renewal fails for a passing reason, a
 * token that has not ended yet is still served. Reading a fresh one takes no lock and writes nothing.
 *
 * @throws PatchbayError `not_found`, `connection_pending`, `connection_ended`, `connection_suspended`,
 *   `connection_uncertain`, `needs_reconnect`, `mint_throttled` (detail `retryAt`), `provider_unreachable`,
 *   `provider_refused` (until that is believed; detail `retryAt`), `app_misconfigured`, `rotations_held`, `rotation_timeout`
 */
export async function freshAccessToken(
  deps: Deps,
  connectionId: string,
  options: FreshnessOptions,
): Promise<FreshAccessToken> {
  const row = options.row ?? (await readToken(deps, connectionId))[0]
  if (!row || options.mayRead?.({ id: connectionId, provider: row.provider }) === false)
    throw noSuchConnection()
  if (row.unsettled) await refuseUnusable(deps, connectionId, row, row.unsettled)
  const nowMs = deps.clock.now().getTime()
  if (livesFor(row, enoughMs(row, options.minTtlMs), nowMs)) {
    deps.metrics.tokenReads.inc(waited.no)
    return opened(deps, connectionId, row)
  }
  const backOff = backOffOf(row.unsettled, nowMs)
  if (backOff) {
    deps.metrics.tokenReads.inc(waited.no)
    if (livesFor(row, 1, nowMs)) return opened(deps, connectionId, row)
    throw backOff
  }
  deps.metrics.tokenReads.inc(waited.yes)
  const deadlineMs = options.deadlineMs ?? jobDeadlineMs
  const result = await awaitRotation(deps, connectionId, { generation: row.generation, deadlineMs })
  if (result.kind === 'renewed') {
    const [next] = await readToken(deps, connectionId)
    if (next?.unsettled) await refuseUnusable(deps, connectionId, next, next.unsettled)
    if (next && next.sealed !== null) return opened(deps, connectionId, next)
  } else if (servesMeanwhile(result) && livesFor(row, 1, deps.clock.now().getTime())) {
    return opened(deps, connectionId, row)
  }
  throw rotationFault(result)
}

const waited = { yes: { waited: 'yes' }, no: { waited: 'no' } } as const

/** A renewal that failed is tried again at its time, not by each reader. */
function backOffOf(unsettled: Unsettled | null, nowMs: number): PatchbayError | null {
  if (!unsettled?.retrying) return null
  const { nextAttemptMs, refused, failureWords } = unsettled
  if (nextAttemptMs === null || nextAttemptMs <= nowMs) return null
  return new PatchbayError(
    refused ? 'provider_refused' : 'provider_unreachable',
    failureWords ?? 'The token could not be renewed.',
    { retryAt: new Date(nextAttemptMs).toISOString() },
  )
}

/** Waits for the one rotation of a connection, but not for ever: it goes on when its reader gives up. */
async function awaitRotation(
  deps: Deps,
  connectionId: string,
  { generation, deadlineMs }: { generation: number; deadlineMs: number },
): Promise<RotationResult> {
  const rotation = startRotation(deps, connectionId, { cause: 'needed', generation, deadlineMs })
  return resultWithin(rotation, deadlineMs)
}

/**
 * A live token in place of one that the provider's API refused with 401. The pair is renewed once for all who were refused the
 * same: one that was renewed meanwhile is only read.
 *
 * @returns `null` when it could not be renewed now; the connection's own state says why
 * @throws PatchbayError as `freshAccessToken`
 */
export async function tokenInsteadOf(
  deps: Deps,
  connectionId: string,
  refused: Pick<FreshAccessToken, 'generation'>,
  options: FreshnessOptions & { deadlineMs: number },
): Promise<FreshAccessToken | null> {
  const rotation = startRotation(deps, connectionId, {
    cause: 'needed',
    deadlineMs: options.deadlineMs,
    generation: refused.generation,
  })
  const result = await resultWithin(rotation, options.deadlineMs)
  if (result.kind !== 'renewed') return null
  const token = await freshAccessToken(deps, connectionId, options)
  return token.generation === refused.generation ? null : token
}

async function resultWithin({ result }: RunningRotation, deadlineMs: number): Promise<RotationResult> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<RotationResult>((resolve) => {
    timer = setTimeout(resolve, deadlineMs + waitGraceMs, { kind: 'busy' } as const)
  })
  return Promise.race([result, late]).finally(() => clearTimeout(timer))
}

async function refuseUnusable(
  deps: Deps,
  connectionId: string,
  row: TokenRow,
  unsettled: Unsettled,
): Promise<void> {
  const { lifecycle, suspended, needsReconnect: ended, uncertain } = unsettled
  if (lifecycle === 'pending') {
    throw new PatchbayError('connection_pending', 'The connection waits to be accepted.')
  }
  if (lifecycle !== 'live') throw connectionEnded()
  if (suspended) {
    throw new PatchbayError('connection_suspended', 'The provider has suspended the account.')
  }
  if (ended) throw needsReconnect()
  if (uncertain && !(await oldTokenLives(deps, connectionId, row, unsettled))) {
    throw new PatchbayError(
      'connection_uncertain',
      'The answer to a renewal was lost; the account may have to be connected again.',
    )
  }
}

function enoughMs({ expiresMs, obtainedMs }: TokenRow, minTtlMs: number): number {
  if (expiresMs === null || obtainedMs === null) return minTtlMs
  return Math.min(minTtlMs, (expiresMs - obtainedMs) / 2)
}

/** @throws PatchbayError `connection_ended` when its secrets were erased meanwhile */
function opened(deps: Deps, connectionId: string, row: TokenRow): FreshAccessToken {
  if (row.sealed === null) throw new PatchbayError('connection_ended', 'The connection has ended.')
  return {
    accessToken: openToken(deps, connectionId, 'access_token_sealed', row.sealed),
    expiresAt: row.expiresMs === null ? null : new Date(row.expiresMs),
    apiUrl: row.apiUrl,
    baseUrl: row.baseUrl,
    generation: row.generation,
  }
}

function servesMeanwhile(result: RotationResult): boolean {
  if (result.kind === 'failed') return ['transient', 'unconfirmed', 'app_fault'].includes(result.outcome)
  return (
    result.kind === 'throttled' ||
    result.kind === 'put_off' ||
    result.kind === 'busy' ||
    (result.kind === 'not_possible' && result.code === 'needs_reconnect')
  )
}
