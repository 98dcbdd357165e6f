import { type BucketRules, bucketRules } from './bucket-rules'
import type { BucketChange, HeaderReading } from './bucket-store'
import type { BucketFacts, PermitAnswer, RefusalReason } from './permit-book'
import { lapsesAtMs, slotAt } from './slots'

/** Permits that were reserved together. `untilMs`: on the clock that only goes forward. */
type Batch = { slot: number; left: number; untilMs: number }

export type Waiter = {
  /** Epoch milliseconds. */
  deadlineMs: number
  answer(answer: PermitAnswer): void
  fail(error: unknown): void
}

/** Why nothing is granted, and until when that is known. `knownAtMs`: on the clock that only goes forward. */
export type Closing = { retryAtMs: number; reason: RefusalReason; limit: number | null; knownAtMs: number }

/** What this process holds and knows of a bucket. */
export type LocalBucket = {
  facts: BucketFacts
  rules: BucketRules
  batches: Batch[]
  waiting: Waiter[]
  closing: Closing | null
  /** Until when the provider wants silence, as far as this process knows; epoch milliseconds. Unlike `closing` it is never doubted. */
  quietUntilMs: number
  /** Of a bucket without a limit: nobody has been told to be silent. */
  openAtMs: number | null
  /**
   * Of a bucket with so much left that no process can use it up before it looks again: calls that need no reservation. Instants on the
   * clock that only goes forward.
   */
  plenty: { left: number; tellAtMs: number; untilMs: number } | null
  spare: number
  /** Calls under way. */
  open: number
  /** 429s in a row. */
  strikes: number
  syncing: Promise<void> | null
  wake: NodeJS.Timeout | null
  usedAtMs: number
  /** When the database was last asked or told, on the clock that only goes forward. */
  exchangedAtMs: number
  /** Little was left then: others wait for what is given back. */
  isLow: boolean
  /** What is to be told: slots and calls. */
  taken: Map<number, number>
  flown: Map<number, number>
  reading: HeaderReading | null
  blockedUntil: Date | null
  last429At: Date | null
}

const spareMax = 256
/** A process takes this part of what is left without reserving it: so many processes may do so at once. */
const plentyShare = 20
const plentyMin = 20
/** It looks again before what it knew is too old. */
const tellPlentyMs = 5_000
const plentyMs = 8_000

/** By then nothing that is known of a bucket may be believed any more … */
const idleMs = 10_000
/** … but how often it was refused in a row: longer than the longest silence that follows from that (`quietUntil`). */
const strikesMs = 600_000

export function localBucket(facts: BucketFacts): LocalBucket {
  return {
    facts,
    rules: bucketRules(facts),
    batches: [],
    waiting: [],
    closing: null,
    quietUntilMs: 0,
    openAtMs: null,
    plenty: null,
    spare: 0,
    open: 0,
    strikes: 0,
    syncing: null,
    wake: null,
    usedAtMs: 0,
    exchangedAtMs: Number.NEGATIVE_INFINITY,
    isLow: false,
    taken: new Map(),
    flown: new Map(),
    reading: null,
    blockedUntil: null,
    last429At: null,
  }
}

/** @param count permits taken in a slot, or given back to it where it is negative */
export function addTaken(bucket: LocalBucket, slot: number, count: number): void {
  bucket.taken.set(slot, (bucket.taken.get(slot) ?? 0) + count)
}

export function addFlown(bucket: LocalBucket, slot: number, count: number): void {
  if (bucket.rules.followsHeaders) bucket.flown.set(slot, (bucket.flown.get(slot) ?? 0) + count)
}

/**
 * Notes what may be used without a reservation. Only where the provider's own figures correct the count: a process that is killed
 * reports nothing of its last seconds.
 *
 * @param room calls that are still possible in the bucket
 * @param sinceMs when that was known, on the clock that only goes forward
 * @param tellAfterMs how long what is taken may wait to be told
 */
export function notePlenty(
  bucket: LocalBucket,
  { room, sinceMs, tellAfterMs = tellPlentyMs }: { room: number; sinceMs: number; tellAfterMs?: number },
): void {
  const left = Math.floor(room / plentyShare)
  const isPlenty = bucket.rules.followsHeaders && left >= plentyMin
  bucket.plenty = isPlenty ? { left, tellAtMs: sinceMs + tellAfterMs, untilMs: sinceMs + plentyMs } : null
}

/**
 * Whether a look at the bucket may be enough to serve a call: where plenty may be left, or no limit is known, and this process has
 * neither dealt with it of late nor anything to tell.
 */
export function isWorthLook(bucket: LocalBucket, monotonicMs: number): boolean {
  const { rules, batches, exchangedAtMs } = bucket
  if (!rules.followsHeaders && rules.limit !== null) return false
  return batches.length === 0 && !hasNews(bucket) && monotonicMs - exchangedAtMs >= plentyMs
}

/** Takes one of the permits that are held. @returns its slot, `null` when none is held */
export function takeHeld(bucket: LocalBucket, nowMs: number, monotonicMs: number): number | null {
  for (let batch = bucket.batches[0]; batch; batch = bucket.batches[0]) {
    if (batch.left > 0 && monotonicMs < batch.untilMs && isUsable(bucket, batch.slot, nowMs)) {
      batch.left -= 1
      return batch.slot
    }
    bucket.batches.shift()
    release(bucket, batch)
  }
  return null
}

/** A permit that is not used after all serves the next caller, while its batch is held. */
export function putBack(bucket: LocalBucket, slot: number): void {
  const batch = bucket.batches.find((held) => held.slot === slot)
  if (batch) batch.left += 1
  else release(bucket, { slot, left: 1 })
  if (bucket.closing?.reason === 'limit') bucket.closing = null
}

/** Gives back what is held: all of it, or what was held too long. */
export function releaseHeld(bucket: LocalBucket, monotonicMs = Number.POSITIVE_INFINITY): void {
  const kept = bucket.batches.filter(({ untilMs }) => monotonicMs < untilMs)
  for (const batch of bucket.batches) if (!kept.includes(batch)) release(bucket, batch)
  bucket.batches = kept
}

function release(bucket: LocalBucket, { slot, left }: Pick<Batch, 'slot' | 'left'>): void {
  if (left === 0) return
  addTaken(bucket, slot, -left)
  addFlown(bucket, slot, -left)
  bucket.spare = Math.max(0, bucket.spare - left)
}

/** What was granted, on top of what is held; a batch that was used up asks for a larger one. */
export function hold(bucket: LocalBucket, batch: Batch): void {
  if (batch.left === 0) return
  bucket.batches.push(batch)
  bucket.spare = Math.min(spareMax, Math.max(1, bucket.spare * 2))
}

/**
 * Permits that come when the time of their slot is over, because the database took long, are counted in the slot of now: given back and
 * asked for again they would come late again. Not those of a process that stood still so long that their old slot may lapse before
 * the new one is told.
 *
 * @returns their slot
 */
export function moveLate(
  bucket: LocalBucket,
  { slot, count, nowMs }: { slot: number; count: number; nowMs: number },
): number {
  const { rules } = bucket
  const isTooLate = nowMs >= lapsesAtMs(rules, slot) - 0.75 * rules.windowMs
  if (count === 0 || isTooLate || isUsable(bucket, slot, nowMs)) return slot
  const next = slotAt(rules, nowMs)
  addTaken(bucket, slot, -count)
  addTaken(bucket, next, count)
  addFlown(bucket, slot, -count)
  addFlown(bucket, next, count)
  // So that it is told with the next turn.
  bucket.isLow = true
  return next
}

function isUsable({ rules }: LocalBucket, slot: number, nowMs: number): boolean {
  return nowMs < lapsesAtMs(rules, slot) - rules.windowMs
}

/**
 * Dates a call anew whose answer came late: it may have reached the provider as late as that, and has to count for a whole window
 * from then on.
 */
export function redate(bucket: LocalBucket, slot: number, nowMs: number): void {
  if (isUsable(bucket, slot, nowMs)) return
  addTaken(bucket, slot, -1)
  addTaken(bucket, slotAt(bucket.rules, nowMs), 1)
}

export function hasNews(bucket: LocalBucket): boolean {
  const { taken, flown, reading, last429At } = bucket
  return taken.size > 0 || flown.size > 0 || reading !== null || last429At !== null
}

/** Whether to tell what there is to tell now: soon where little is left, else as seldom as permits are held. */
export function isTimeToTell(bucket: LocalBucket, monotonicMs: number): boolean {
  if (!hasNews(bucket)) return false
  const isUrgent = bucket.isLow || bucket.last429At !== null
  return isUrgent || monotonicMs >= (bucket.plenty?.tellAtMs ?? bucket.exchangedAtMs + bucket.rules.holdMs)
}

/** Whether nobody has asked for a bucket for so long that all which is known of it can be had from the database again. */
export function isForgettable(bucket: LocalBucket, monotonicMs: number): boolean {
  const { batches, open, waiting, syncing, usedAtMs, strikes } = bucket
  const isBusy = batches.length > 0 || open > 0 || waiting.length > 0 || syncing !== null || hasNews(bucket)
  return !isBusy && monotonicMs - usedAtMs > (strikes > 0 ? strikesMs : idleMs)
}

/** Hands over what is to be told. */
export function changeOf(bucket: LocalBucket, now: Date, want: number): BucketChange {
  const { facts, rules, reading, blockedUntil, last429At } = bucket
  const change: BucketChange = {
    bucket: facts.bucket,
    provider: facts.provider,
    rules,
    now,
    taken: Object.fromEntries(bucket.taken),
    flown: rules.followsHeaders ? Object.fromEntries(bucket.flown) : null,
    want,
    spare: want > 0 ? bucket.spare : 0,
    reading,
    blockedUntil,
    last429At,
  }
  bucket.taken = new Map()
  bucket.flown = new Map()
  bucket.reading = null
  bucket.blockedUntil = null
  bucket.last429At = null
  return change
}

/** After a change that may not have been stored: what was taken is told again, what was given back lapses with its slot. */
export function tellAgain(
  bucket: LocalBucket,
  { taken, flown, reading, blockedUntil, last429At }: BucketChange,
): void {
  for (const [slot, count] of Object.entries(taken)) if (count > 0) addTaken(bucket, Number(slot), count)
  for (const [slot, count] of Object.entries(flown ?? {}))
    if (count > 0) addFlown(bucket, Number(slot), count)
  bucket.reading ??= reading
  bucket.blockedUntil ??= blockedUntil
  bucket.last429At ??= last429At
}
