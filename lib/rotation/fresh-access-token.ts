import { PatchbayError } from '../core/errors'
import type { GrantKind, ProviderId } from '../core/provider'
import type { Secret } from '../core/secret'
import type { Lifecycle } from '../core/status'
import type { Deps } from '../deps'
import { openApp } from '../provider-apps/open-app'
import { callContext, jobDeadlineMs, probeDeadlineMs } from './call-context'
import { openToken } from './pair-columns'
import { isDue } from './plan'
import { type RotationResult, startRotation, waitGraceMs } from './rotate-connection'

export type FreshAccessToken = { accessToken: Secret; expiresAt: Date | null; apiUrl: string | null }

export type FreshnessOptions = {
  /** The token has to live at least this long; asked for more than half its life, half its life is enough. */
  minTtlMs: number
  /** Deadline of a token call, where one is needed; 45 s when left out. */
  deadlineMs?: number
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
  throw faultOf(result)
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
  const { result } = startRotation(deps, connectionId, { cause: 'needed', deadlineMs })
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
  suspendedAt: Date | null
  needsReconnectAt: Date | null
  uncertainAt: Date | null
  retryingSince: Date | null
  verdictAt: Date | null
  nextAttemptAt: Date | null
  failureWords: string | null
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
      connection.next_attempt_at AS "nextAttemptAt", connection.failure_words AS "failureWords",
      pair.access_token_sealed AS "accessTokenSealed", pair.access_expires_at AS "accessExpiresAt",
      pair.obtained_at AS "obtainedAt"
    FROM connection LEFT JOIN token_pair AS pair ON pair.connection_id = connection.id
    WHERE connection.id = $1`,
}
type ReadRow = Omit<TokenRow, 'pair'> & { [Column in keyof TokenColumns]: TokenColumns[Column] | null }

async function readToken(deps: Pick<Deps, 'sql'>, connectionId: string): Promise<TokenRow> {
  const [row] = await deps.sql.run<ReadRow>(readTokens, [connectionId])
  if (!row) throw new PatchbayError('not_found', 'There is no such connection.', { connectionId })
  const { accessTokenSealed, accessExpiresAt, obtainedAt, ...connection } = row
  const pair = accessTokenSealed && obtainedAt ? { accessTokenSealed, accessExpiresAt, obtainedAt } : null
  return { ...connection, pair }
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

/** An uncertain connection still serves its old access token as long as the provider takes it (design 3.4). */
async function oldTokenLives(deps: Deps, connectionId: string, row: TokenRow): Promise<boolean> {
  if (!row.pair || isDue(row.pair, 1, deps.clock.now().getTime())) return false
  const app = await openApp(deps, row.appId)
  const accessToken = openToken(deps, connectionId, 'access_token_sealed', row.pair.accessTokenSealed)
  const probe = await deps.providers.get(row.provider).probe(callContext(deps, probeDeadlineMs), app, {
    grant: row.grantKind,
    accessToken,
    apiUrl: row.apiUrl,
  })
  return probe.kind === 'alive'
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

function needsReconnect(): PatchbayError {
  return new PatchbayError(
    'needs_reconnect',
    'The provider has ended the grant: the account has to be connected again.',
  )
}

function faultOf(result: RotationResult): PatchbayError {
  switch (result.kind) {
    case 'renewed':
      return new PatchbayError('connection_ended', 'The connection has ended.')
    case 'throttled':
      return new PatchbayError('mint_throttled', 'The next token may be obtained in a moment.', {
        retryAt: result.retryAt.toISOString(),
      })
    case 'busy':
      return new PatchbayError('rotation_timeout', 'The token is being renewed and is not ready yet.')
    case 'put_off':
      return new PatchbayError(result.code, result.words, { retryAt: result.retryAt.toISOString() })
    case 'not_possible':
      return new PatchbayError(result.code, result.words)
    case 'failed':
      return failedFault(result)
  }
}

function failedFault(result: Extract<RotationResult, { kind: 'failed' }>): PatchbayError {
  switch (result.outcome) {
    case 'transient':
      return new PatchbayError('provider_unreachable', result.words, {
        retryAt: result.retryAt?.toISOString() ?? null,
      })
    case 'unconfirmed':
      return new PatchbayError('provider_refused', result.words, {
        retryAt: result.retryAt?.toISOString() ?? null,
      })
    case 'app_fault':
      return new PatchbayError('app_misconfigured', result.words)
    case 'suspended':
      return new PatchbayError('connection_suspended', result.words)
    case 'uncertain':
      return new PatchbayError('connection_uncertain', result.words)
    case 'terminal':
      return needsReconnect()
  }
}
