import type { RateReading } from '../providers/contract'
import { addFlown, addTaken, type LocalBucket, putBack, redate, releaseHeld, takeHeld } from './local-bucket'
import type { LimitAnswer, Permit } from './permit-book'
import { quietUntil } from './quiet-time'
import { type BookContext, isBelieved, serveBucket, syncBucket } from './serve-bucket'
import { slotAt } from './slots'

/** A permit from what this process holds, `null` when it holds none. It costs no look at the database. */
export function grantPermit(context: BookContext, bucket: LocalBucket, nowMs: number): Permit | null {
  if (bucket.closing?.reason === 'provider_said' && nowMs < bucket.closing.retryAtMs) return null
  const slot =
    takeHeld(bucket, nowMs, context.monotonicMs()) ??
    countFree(context, bucket, nowMs) ??
    countOfPlenty(context, bucket, nowMs)
  if (slot === null) return null
  let isOpen = true
  bucket.open += 1
  const ends = (how: () => void) => {
    if (!isOpen) return
    isOpen = false
    bucket.open -= 1
    how()
  }
  return {
    done: (answer) => ends(() => endCall(context, bucket, slot, answer)),
    giveBack: () =>
      ends(() => {
        putBack(bucket, slot)
        serveBucket(context, bucket)
      }),
  }
}

/** Without a limit nothing is reserved: calls are counted, and silence that a 429 asked for is heard of. */
function countFree(context: BookContext, bucket: LocalBucket, nowMs: number): number | null {
  const { rules, openAtMs } = bucket
  if (rules.limit !== null || openAtMs === null) return null
  if (!context.events.isListening() && !isBelieved(context, openAtMs)) return null
  const slot = slotAt(rules, nowMs)
  addTaken(bucket, slot, 1)
  return slot
}

/** Where plenty is left nothing is reserved either, but counted. */
function countOfPlenty(context: BookContext, bucket: LocalBucket, nowMs: number): number | null {
  const { plenty, rules } = bucket
  if (!plenty || plenty.left === 0 || context.monotonicMs() >= plenty.untilMs) return null
  if (!context.events.isListening()) return null
  plenty.left -= 1
  const slot = slotAt(rules, nowMs)
  addTaken(bucket, slot, 1)
  addFlown(bucket, slot, 1)
  return slot
}

function endCall(context: BookContext, bucket: LocalBucket, slot: number, answer: LimitAnswer | null): void {
  const at = context.clock.now()
  redate(bucket, slot, at.getTime())
  addFlown(bucket, slot, -1)
  if (answer) noteAnswer(context, bucket, { status: answer.status, headers: answer.headers, at })
}

/** Takes in what an answer tells of the limit. A 429 ends all calls of the bucket at once, in every process. */
export function noteAnswer(
  context: BookContext,
  bucket: LocalBucket,
  answer: LimitAnswer & { at: Date },
): void {
  const { provider } = bucket.facts
  const isRefused = answer.status === 429
  if (!isRefused && !bucket.rules.followsHeaders) {
    bucket.strikes = 0
    return
  }
  const reading = context.providers.get(provider).readRateHeaders(answer)
  keepReading(bucket, reading, answer.at)
  if (!isRefused) return
  context.metrics.providerRefusals.inc({ provider })
  bucket.last429At = answer.at
  // Calls that were under way together are refused together: that is one 429 in a row.
  if (answer.at.getTime() >= bucket.quietUntilMs) bucket.strikes += 1
  beQuiet(context, bucket, quietUntil(provider, { reading, at: answer.at, strikes: bucket.strikes }))
  void syncBucket(context, bucket)
}

function beQuiet(context: BookContext, bucket: LocalBucket, until: Date): void {
  const retryAtMs = Math.max(until.getTime(), bucket.blockedUntil?.getTime() ?? 0)
  bucket.blockedUntil = new Date(retryAtMs)
  bucket.quietUntilMs = Math.max(bucket.quietUntilMs, retryAtMs)
  bucket.closing = { retryAtMs, reason: 'provider_said', limit: null, knownAtMs: context.monotonicMs() }
  bucket.plenty = null
  releaseHeld(bucket)
}

function keepReading(bucket: LocalBucket, reading: RateReading | null, at: Date): void {
  if (!reading || reading.remaining === null || !bucket.rules.followsHeaders) return
  if (bucket.reading && bucket.reading.at > at) return
  const { limit, remaining, resetsAt } = reading
  bucket.reading = { limit, remaining, resetsAt, at }
}
