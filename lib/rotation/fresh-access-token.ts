import { PatchbayError } from '../core/errors'
import type { GrantKind, ProviderId } from '../core/provider'
import type { Secret } from '../core/secret'
import type { Lifecycle } from '../core/status'
import type { Deps } from '../deps'
import { jobDeadlineMs } from './call-context'
import { oldTokenLives } from './old-token'
import { openToken } from './pair-columns'
import { isDue } from './plan'
import { type RotationResult, type RunningRotation, startRotation, waitGraceMs } from './rotate-connection'
import { needsReconnect, rotationFault } from './rotation-fault'

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
  const row = await readToken(deps, connectionId)
  if (options.mayRead && !options.mayRead({ id: connectionId, provider: row.provider }))
    throw noSuchConnection()
  await refuseUnusable(deps, connectionId, row)
  const nowMs = deps.clock.now().getTime()
  if (row.pair && !isDue(row.pair, enoughMs(row.pair, options.minTtlMs), nowMs)) {
    deps.metrics.tokenReads.inc({ waited: 'no' })
    return opened(deps, connectionId, row, row.pair)
  }
  const backOff = backOffOf(row, nowMs)
  if (backOff) {
    deps.metrics.tokenReads.inc({ waited: 'no' })
    if (row.pair && !isDue(row.pair, 1, nowMs)) return opened(deps, connectionId, row, row.pair)
    throw backOff
  }
  deps.metrics.tokenReads.inc({ waited: 'yes' })
  const result = await awaitRotation(deps, connectionId, options.deadlineMs ?? jobDeadlineMs)
  if (result.kind === 'renewed') {
    const next = await readToken(deps, connectionId)
    if (next.pair) return opened(deps, connectionId, next, next.pair)
  } else if (servesMeanwhile(result) && row.pair && !isDue(row.pair, 1, deps.clock.now().getTime())) {
    return opened(deps, connectionId, row, row.pair)
  }
  throw rotationFault(result)
}

/** A renewal that failed is tried again at its time, not by each reader. */
function backOffOf(row: TokenRow, nowMs: number): PatchbayError | null {
  const { retryingSince, nextAttemptAt, verdictAt, failureWords } = row
  if (!retryingSince || !nextAttemptAt || nextAttemptAt.getTime() <= nowMs) return null
  return new PatchbayError(
    verdictAt ? 'provider_refused' : 'provider_unreachable',
    failureWords ?? 'The token could not be renewed.',
    { retryAt: nextAttemptAt.toISOString() },
  )
}

/** Waits for the one rotation of a connection, but not for ever: it goes on when its reader gives up. */
async function awaitRotation(deps: Deps, connectionId: string, deadlineMs: number): Promise<RotationResult> {
  return resultWithin(startRotation(deps, connectionId, { cause: 'needed', deadlineMs }), deadlineMs)
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

type TokenColumns = { accessTokenSealed: string; accessExpiresAt: Date | null; obtainedAt: Date }

type TokenRow = {
  lifecycle: Lifecycle
  provider: ProviderId
  grantKind: GrantKind
  appId: string
  apiUrl: string | null
  baseUrl: string
  suspendedAt: Date | null
  needsReconnectAt: Date | null
  uncertainAt: Date | null
  retryingSince: Date | null
  verdictAt: Date | null
  nextAttemptAt: Date | null
  failureWords: string | null
  generation: number
  pair: TokenColumns | null
}

/** The one statement of a read; by name, since programs read tokens far more often than anything else. */
const readTokens = {
  name: 'read_token',
  text: `
    SELECT connection.lifecycle, connection.provider, connection.grant_kind AS "grantKind", connection.app_id AS "appId",
      connection.api_url AS "apiUrl", connection.suspended_at AS "suspendedAt",
      connection.needs_reconnect_at AS "needsReconnectAt", connection.uncertain_at AS "uncertainAt",
      connection.retrying_since AS "retryingSince", connection.verdict_at AS "verdictAt",
      connection.next_attempt_at AS "nextAttemptAt", connection.failure_words AS "failureWords", connection.generation,
      pair.access_token_sealed AS "accessTokenSealed", pair.access_expires_at AS "accessExpiresAt",
      pair.obtained_at AS "obtainedAt", app.base_url AS "baseUrl"
    FROM connection JOIN provider_app AS app ON app.id = connection.app_id
    LEFT JOIN token_pair AS pair ON pair.connection_id = connection.id
    WHERE connection.id = $1`,
}
type ReadRow = Omit<TokenRow, 'pair'> & { [Column in keyof TokenColumns]: TokenColumns[Column] | null }

async function readToken(deps: Pick<Deps, 'sql'>, connectionId: string): Promise<TokenRow> {
  const [row] = await deps.sql.run<ReadRow>(readTokens, [connectionId])
  if (!row) throw noSuchConnection()
  const { accessTokenSealed, accessExpiresAt, obtainedAt, ...connection } = row
  const pair = accessTokenSealed && obtainedAt ? { accessTokenSealed, accessExpiresAt, obtainedAt } : null
  return { ...connection, pair }
}

function noSuchConnection(): PatchbayError {
  return new PatchbayError('not_found', 'There is no such connection.')
}

async function refuseUnusable(deps: Deps, connectionId: string, row: TokenRow): Promise<void> {
  if (row.lifecycle === 'pending') {
    throw new PatchbayError('connection_pending', 'The connection waits to be accepted.')
  }
  if (row.lifecycle !== 'live') throw new PatchbayError('connection_ended', 'The connection has ended.')
  if (row.suspendedAt) {
    throw new PatchbayError('connection_suspended', 'The provider has suspended the account.')
  }
  if (row.needsReconnectAt) throw needsReconnect()
  if (row.uncertainAt && !(await oldTokenLives(deps, connectionId, row))) {
    throw new PatchbayError(
      'connection_uncertain',
      'The answer to a renewal was lost; the account may have to be connected again.',
    )
  }
}

function enoughMs(pair: TokenColumns, minTtlMs: number): number {
  if (!pair.accessExpiresAt) return minTtlMs
  return Math.min(minTtlMs, (pair.accessExpiresAt.getTime() - pair.obtainedAt.getTime()) / 2)
}

function opened(deps: Deps, connectionId: string, row: TokenRow, pair: TokenColumns): FreshAccessToken {
  return {
    accessToken: openToken(deps, connectionId, 'access_token_sealed', pair.accessTokenSealed),
    expiresAt: pair.accessExpiresAt,
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
