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

/** Route of calls of a connection whose minute had too many routes to keep them apart. */
export const otherRoute = 'other'

/** What tells the rows of a connection's minute apart. */
export type TallyKey = Pick<UsageTally, 'api_key_id' | 'method' | 'route'>

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** @param route as `routeOf` names it */
export function tallyKey({ apiKeyId, method }: UsedCall, route: string): TallyKey {
  return { api_key_id: apiKeyId ?? '', method: methods.includes(method) ? method : 'OTHER', route }
}

export function isOfKey(tally: UsageTally, { api_key_id, method, route }: TallyKey): boolean {
  return tally.route === route && tally.method === method && tally.api_key_id === api_key_id
}

export function newTally({ connectionId, bucket }: UsedCall, minute: number, key: TallyKey): UsageTally {
  return {
    minute,
    connection_id: connectionId,
    ...key,
    bucket,
    calls: 0,
    ok: 0,
    refused: 0,
    limited: 0,
    held: 0,
    failed: 0,
    bytes_up: 0,
    bytes_down: 0,
    duration_ms: 0,
  }
}

export function countCall(tally: UsageTally, call: UsedCall): void {
  if (call.result !== 'held') tally.calls += 1
  tally[outcomeOf(call.result)] += 1
  tally.bytes_up += call.bytesUp
  tally.bytes_down += call.bytesDown
  tally.duration_ms += Math.round(call.durationMs)
}

/** Adds `other` to `one`, which is of the same row. */
export function addTallies(one: UsageTally, other: UsageTally): void {
  one.calls += other.calls
  one.ok += other.ok
  one.refused += other.refused
  one.limited += other.limited
  one.held += other.held
  one.failed += other.failed
  one.bytes_up += other.bytes_up
  one.bytes_down += other.bytes_down
  one.duration_ms += other.duration_ms
}

function outcomeOf(result: UsedCall['result']): 'ok' | 'refused' | 'limited' | 'held' | 'failed' {
  if (result === 'held') return 'held'
  if (result === null || result >= 500) return 'failed'
  if (result === 429) return 'limited'
  return result >= 400 ? 'refused' : 'ok'
}
