import { PatchbayError } from '../../core/errors'
import { signalOf } from '../../core/presence'
import type { Secret } from '../../core/secret'
import type { Deps } from '../../deps'
import type { StreamAnswer, StreamEnd, StreamFailure } from '../../http/stream-client'
import type { Permit } from '../../rate-limits/permit-book'
import type { UsedCall } from '../../rate-limits/usage-book'
import { forwardedHeaders } from './forwarded-headers'
import type { ProxyCaller, ProxyInput } from './proxy-input'
import type { ProxyTarget } from './proxy-targets'
import type { RequestBody } from './request-body'
import type { TargetPath } from './target-path'

/** From the last byte of the request to the head of the provider's answer. */
export const headersTimeoutMs = 30_000
/** Longest silence of a body, in either direction. */
export const idleTimeoutMs = 60_000

export type ProxyDeps = Pick<Deps, 'streams' | 'permits' | 'usage' | 'metrics' | 'clock' | 'log'>

/** A call that passed every check, but for the rate limit. */
export type UpstreamCall = {
  caller: ProxyCaller
  input: ProxyInput
  target: ProxyTarget
  place: TargetPath
  body: RequestBody
}

/**
 * Takes a permit for one call of a provider.
 *
 * @param waitMs how long to wait for one at most
 * @throws PatchbayError `rate_limited` (details `retryAt`, `reason`, `limit`): nothing was sent
 */
export async function takePermit(deps: ProxyDeps, call: UpstreamCall, waitMs: number): Promise<Permit> {
  const { bucket, provider } = call.target
  const { presence } = call.input
  const waiting = waitMs > 0 ? { waitMs, signal: signalOf(presence) } : { waitMs }
  const answer = await deps.permits.take(bucket, waiting)
  if (answer.kind === 'granted') return answer.permit
  deps.metrics.proxiedCalls.inc({ provider, status: 'held' })
  deps.usage.add(usedCall(call, { status: 'held', durationMs: 0, bytesUp: 0, bytesDown: 0 }))
  deps.log.info({ method: call.input.method, ...logFacts(call) }, 'proxied call held')
  const { retryAt, reason, limit } = answer
  throw new PatchbayError('rate_limited', 'The rate limit of this account is used up for now.', {
    retryAt: retryAt.toISOString(),
    reason,
    limit,
  })
}

/**
 * Makes the call with a permit, which it ends: counted if it may have reached the provider, given back if not. The answer's
 * body is unread.
 *
 * @returns `null` when the caller has gone
 * @throws PatchbayError `provider_timeout`, `provider_call_failed`
 */
export async function callUpstream(
  deps: ProxyDeps,
  call: UpstreamCall,
  permit: Permit,
  accessToken: Secret,
): Promise<StreamAnswer | null> {
  const { input, target, place, body } = call
  const answer = await deps.streams.stream({
    method: input.method,
    host: place.host.url,
    path: place.path,
    allowedOrigins: [place.host.url.origin],
    headers: forwardedHeaders(input.headers, {
      rules: target.rules,
      host: place.host,
      accessToken,
      length: body.kind === 'stream' ? body.length : null,
      hasBody: body.kind !== 'none',
    }),
    body: body.kind === 'kept' ? body.bytes : body.kind === 'stream' ? body.stream : null,
    presence: input.presence,
    ...(input.cut ? { cut: input.cut } : {}),
    headersTimeoutMs,
    idleTimeoutMs,
    purpose: 'proxied call',
    facts: logFacts(call),
    onEnd: (end) => noteEnd(deps, call, end),
  })
  endPermit(permit, answer)
  if (answer.kind === 'answer') return answer
  if (answer.reason === 'caller_gone') return null
  throw new PatchbayError(
    answer.reason === 'timeout' ? 'provider_timeout' : 'provider_call_failed',
    answer.words,
    { reason: answer.reason },
  )
}

function endPermit(permit: Permit, answer: StreamAnswer | StreamFailure): void {
  if (answer.kind === 'answer') {
    const { status, headers } = answer
    permit.done({ status, headers: { get: (name) => joined(headers[name.toLowerCase()]) } })
  } else if (answer.maybeSent) permit.done(null)
  else permit.giveBack()
}

function joined(value: string | string[] | undefined): string | null {
  return Array.isArray(value) ? value.join(', ') : (value ?? null)
}

function noteEnd({ metrics, usage }: ProxyDeps, call: UpstreamCall, end: StreamEnd): void {
  const { status } = end
  metrics.proxiedCalls.inc({
    provider: call.target.provider,
    status: status === null ? 'none' : `${Math.floor(status / 100)}xx`,
  })
  // A head does not make an answer: one that the provider broke off has failed. A caller may stop reading.
  const isBroken = end.failure !== null && end.failure !== 'caller_gone'
  usage.add(usedCall(call, isBroken ? { ...end, status: null } : end))
}

type Used = Pick<StreamEnd, 'durationMs' | 'bytesUp' | 'bytesDown'> & { status: UsedCall['result'] }

function usedCall({ caller, input, target }: UpstreamCall, used: Used): UsedCall {
  return {
    bucket: target.bucket.bucket,
    connectionId: target.connectionId,
    apiKeyId: caller.kind === 'key' ? caller.key.id : null,
    method: input.method,
    path: `/${input.path}`,
    result: used.status,
    durationMs: used.durationMs,
    bytesUp: used.bytesUp,
    bytesDown: used.bytesDown,
  }
}

function logFacts({ caller, input, target }: UpstreamCall): Record<string, string> {
  const { requestId } = input
  const { connectionId } = target
  return caller.kind === 'key'
    ? { requestId, connectionId, keyId: caller.key.id }
    : { requestId, connectionId, userId: caller.actor.id }
}
