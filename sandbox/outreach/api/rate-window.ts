import type { RateWindow } from './rate-headers'

/** Requests that one user may make in an hour, whatever app they come through (providers.md 1.2). */
export const HOURLY_LIMIT = 10_000
const HOUR_MS = 3_600_000

/** What was counted in the present hour of each bucket. */
export type Counters = Record<string, { startMs: number; used: number }>

/** The bucket that a person's requests count in, whatever app they come through. */
export function personBucket(personId: number): string {
  return `person/${personId}`
}

/** The bucket of an install; S2S has no user to count for (the real rule is not published). */
export function installBucket(installGuid: string): string {
  return `install/${installGuid}`
}

/** Counts one request. The hour is the clock's own, so all buckets reset together; `over` means: refuse it. */
export function countRequest(
  counters: Counters,
  bucket: string,
  nowMs: number,
): RateWindow & { over: boolean } {
  const counter = presentHour(counters, bucket, nowMs)
  const over = counter.used >= HOURLY_LIMIT
  if (!over) counter.used += 1
  return { limit: HOURLY_LIMIT, used: counter.used, resetAtMs: counter.startMs + HOUR_MS, over }
}

/** Leaves `left` requests in the present hour of a bucket. */
export function setRemaining(counters: Counters, bucket: string, left: number, nowMs: number): void {
  presentHour(counters, bucket, nowMs).used = HOURLY_LIMIT - left
}

function presentHour(counters: Counters, bucket: string, nowMs: number): { startMs: number; used: number } {
  const startMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS
  const found = counters[bucket]
  if (found?.startMs === startMs) return found
  const fresh = { startMs, used: 0 }
  counters[bucket] = fresh
  return fresh
}
