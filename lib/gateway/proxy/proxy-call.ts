import { mayReach } from '../../api-keys/key-holder'
import { PatchbayError } from '../../core/errors'
import type { Deps } from '../../deps'
import type { StreamAnswer } from '../../http/stream-client'
import type { Permit } from '../../rate-limits/permit-book'
import { type FreshAccessToken, freshAccessToken } from '../../rotation/fresh-access-token'
import type { TokenRow } from '../../rotation/read-token'
import { isConnectionId, noSuchConnection } from '../connections/not-found'
import { answerHeaders } from './answer-headers'
import { callUpstream, takePermit, type UpstreamCall } from './call-upstream'
import { type HeldCut, heldCut } from './held-cut'
import { preferredWaitMs } from './prefer-wait'
import type { ProxyCaller, ProxyInput } from './proxy-input'
import type { FoundTarget, ProxyTarget } from './proxy-targets'
import { renewRefused, tokenDeadlineMs, tokenTtlMs } from './renew-refused'
import { takeBody } from './request-body'
import { targetPath } from './target-path'

/** Statuses whose answers have no body (RFC 9110, 6.4.1 and 15.3.6). */
const bodiless = [204, 205, 304]
/** Told to nobody: whoever asked has gone. */
const callerGone = 499

/**
 * Calls a provider with the token of a connection and hands its answer through as it comes. After a 401 the token is renewed and
 * the call made once more, where its body was kept.
 *
 * @returns the provider's answer, whatever its status
 * @throws PatchbayError `not_found`, `path_not_allowed`, `body_invalid`, `rate_limited`, `provider_timeout`,
 *   `provider_call_failed`, `provider_answer_invalid`, and what `freshAccessToken` throws
 */
export async function proxyCall(deps: Deps, caller: ProxyCaller, input: ProxyInput): Promise<Response> {
  try {
    return (await carryOut(deps, caller, input)) ?? new Response(null, { status: callerGone })
  } catch (error) {
    if (input.presence.hasGone) return new Response(null, { status: callerGone })
    throw error
  }
}

async function carryOut(deps: Deps, caller: ProxyCaller, input: ProxyInput): Promise<Response | null> {
  const sinceMs = deps.clock.now().getTime()
  const { target, row } = await reachableTarget(deps, caller, input.connectionId)
  const place = targetPath(target.rules, input.path, input.search)
  const body = await takeBody(input.body, input.headers)
  const call: UpstreamCall = { caller, input, target, place, body }
  const waitMs = preferredWaitMs(input.headers.get('prefer'))

  const before = await readToken(deps, target, row)
  const permit = await takePermit(deps, call, waitMs ?? 0)
  const token = waitMs ? await orGiveBack(permit, readToken(deps, target)) : before
  const confirmed = confirmCaller(deps, caller, sinceMs)
  if (confirmed) await orGiveBack(permit, confirmed)
  const held = input.cut && heldCut(input.cut)
  const first = await callUpstream(deps, holding(call, held), permit, token.accessToken)
  const answer = first?.status === 401 ? await afterRefusal(deps, call, first, token, sinceMs) : first
  if (answer === first) held?.passOn()
  return answer && toResponse(answer, { requestId: input.requestId, waited: waitMs !== null })
}

/** While a 401 may still be replaced by another answer, its end is not the caller's. */
function holding(call: UpstreamCall, held: HeldCut | undefined): UpstreamCall {
  return held ? { ...call, input: { ...call.input, cut: held.cut } } : call
}

async function reachableTarget(deps: Deps, caller: ProxyCaller, connectionId: string): Promise<FoundTarget> {
  const found = isConnectionId(connectionId) ? await deps.proxyTargets.find(connectionId) : null
  if (!found) throw noSuchConnection()
  const { provider } = found.target
  if (caller.kind === 'key' && !mayReach(caller.key, { id: connectionId, provider })) throw noSuchConnection()
  return found
}

/** A token that was read a moment ago and lives long enough, else what the database has. */
async function readToken(
  deps: Deps,
  { connectionId }: ProxyTarget,
  row: TokenRow | null = null,
): Promise<FreshAccessToken> {
  const { tokens } = deps.proxyTargets
  const read = () =>
    freshAccessToken(deps, connectionId, { minTtlMs: tokenTtlMs, deadlineMs: tokenDeadlineMs, row })
  // What came with the target is for this call: news may have come since, so it is not kept for others.
  if (row) return read()
  const endsMs = tokens.peek(connectionId)?.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY
  const endsSoon = endsMs - deps.clock.now().getTime() < tokenTtlMs
  return (endsSoon ? null : await tokens.get(connectionId, read)) ?? read()
}

/** Half a minute in line is long enough for an account to be disconnected, its token to be replaced, or a key to be revoked. */
async function orGiveBack<Value>(permit: Permit, asked: Promise<Value>): Promise<Value> {
  try {
    return await asked
  } catch (error) {
    permit.giveBack()
    throw error
  }
}

/** Not awaited where there is nothing to wait for: most calls. */
function confirmCaller({ keys }: Deps, caller: ProxyCaller, sinceMs: number): Promise<void> | null {
  return caller.kind === 'key' ? keys.confirm(caller.key, sinceMs) : null
}

/** The answer after a 401: of the second call, or the 401 itself where there is none. */
async function afterRefusal(
  deps: Deps,
  call: UpstreamCall,
  refusal: StreamAnswer,
  token: FreshAccessToken,
  sinceMs: number,
): Promise<StreamAnswer | null> {
  deps.proxyTargets.tokens.drop(call.target.connectionId)
  const renewing = renewRefused(deps, call.target, token)
  // What went out as a stream cannot be sent again; the next call finds the new token.
  if (call.body.kind === 'stream') return refusal
  const next = await renewing
  if (!next || call.input.presence.hasGone) return refusal
  if (refusal.body instanceof ReadableStream) await refusal.body.cancel()
  await confirmCaller(deps, call.caller, sinceMs)
  return callUpstream(deps, call, await takePermit(deps, call, 0), next.accessToken)
}

function toResponse(answer: StreamAnswer, told: { requestId: string; waited: boolean }): Response {
  const { status, headers } = answer
  const isBodiless = bodiless.includes(status)
  // What is not passed on would wait for its reader.
  if ((status > 599 || isBodiless) && answer.body instanceof ReadableStream) void answer.body.cancel()
  if (status > 599) throw new PatchbayError('provider_answer_invalid', `It answered ${status}.`)
  const body = isBodiless ? null : answer.body
  // The compiler tells a view of shared memory from other bytes; what undici gives is never shared.
  return new Response(body as BodyInit | null, {
    status,
    headers: answerHeaders(headers, { status, ...told }),
  })
}
