import { providerOfBucket } from './bucket'
import { routeOf } from './route-of'
import type { UsedCall } from './usage-book'

/** A row of `usage_minute`, or what is added to one. */
export type UsageTally = {
  minute: number
  connection_id: string
  api_key_id: string
  method: string
  route: string
  bucket: string
  /** Those that were sent to the provider. */
  calls: number
  ok: number
  refused: number
  limited: number
  held: number
  failed: number
  bytes_up: number
  bytes_down: number
  duration_ms: number
}

const minuteMs = 60_000
const nothing = { ok: 0, refused: 0, limited: 0, held: 0, failed: 0 }
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** One call as a row of its minute. */
export function tallyOf(call: UsedCall, nowMs: number): UsageTally {
  const provider = providerOfBucket(call.bucket)
  return {
    minute: Math.floor(nowMs / minuteMs) * minuteMs,
    connection_id: call.connectionId,
    api_key_id: call.apiKeyId ?? '',
    method: methods.includes(call.method) ? call.method : 'OTHER',
    route: routeOf(provider, call.path),
    bucket: call.bucket,
    ...nothing,
    calls: call.result === 'held' ? 0 : 1,
    [outcomeOf(call.result)]: 1,
    bytes_up: call.bytesUp,
    bytes_down: call.bytesDown,
    duration_ms: Math.round(call.durationMs),
  }
}

/** Adds `other` to `one`, which is of the same row. @returns `one` */
export function addTallies(one: UsageTally, other: UsageTally): UsageTally {
  one.calls += other.calls
  one.ok += other.ok
  one.refused += other.refused
  one.limited += other.limited
  one.held += other.held
  one.failed += other.failed
  one.bytes_up += other.bytes_up
  one.bytes_down += other.bytes_down
  one.duration_ms += other.duration_ms
  return one
}

function outcomeOf(result: UsedCall['result']): 'ok' | 'refused' | 'limited' | 'held' | 'failed' {
  if (result === 'held') return 'held'
  if (result === null || result >= 500) return 'failed'
  if (result === 429) return 'limited'
  return result >= 400 ? 'refused' : 'ok'
}
