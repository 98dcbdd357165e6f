import type { Deps } from '../deps'
import type { BucketChange, BucketRow, BucketStore } from './bucket-store'
import { grantPermit } from './grant-permit'
import {
  changeOf,
  hold,
  isWorthLook,
  type LocalBucket,
  moveLate,
  notePlenty,
  releaseHeld,
  tellAgain,
  type Waiter,
} from './local-bucket'
import { type BucketLook, roomOf } from './look-at-bucket'
import type { RateNews } from './rate-news'
import { freeAtMs, slotAt } from './slots'

export type BookContext = Pick<Deps, 'clock' | 'providers' | 'events' | 'log' | 'metrics'> & {
  store: BucketStore
  look: BucketLook
  news: RateNews
  /** Milliseconds that only go forward. */
  monotonicMs(): number
}

/** So long a process refuses from memory before it looks again; shorter while no news arrives. */
const believedMs = 10_000
const deafMs = 1_000
const lowRoom = 20
/** A refusal that names an instant which has passed makes its caller ask again and again. */
const shortestMs = 20

/** Whether what is known of a bucket may be believed. */
export function isBelieved(context: BookContext, knownAtMs: number): boolean {
  const sinceMs = context.monotonicMs() - knownAtMs
  return sinceMs < (context.events.isListening() ? believedMs : deafMs)
}

/** The closing of a bucket that holds now. */
export function closingOf(context: BookContext, bucket: LocalBucket, nowMs: number) {
  const { closing } = bucket
  return closing && nowMs < closing.retryAtMs && isBelieved(context, closing.knownAtMs) ? closing : null
}

/** Serves those who wait, in their order; asks the database when nothing is held, unless it is known to have nothing. */
export function serveBucket(context: BookContext, bucket: LocalBucket): void {
  const nowMs = context.clock.now().getTime()
  while (bucket.waiting.length > 0) {
    const permit = grantPermit(context, bucket, nowMs)
    if (!permit) break
    bucket.waiting.shift()?.answer({ kind: 'granted', permit })
  }
  if (bucket.waiting.length === 0) return
  const closing = closingOf(context, bucket, nowMs)
  if (!closing) return void askAbout(context, bucket)
  bucket.waiting = bucket.waiting.filter((waiter) => {
    if (waiter.deadlineMs >= closing.retryAtMs) return true
    refuse(bucket, waiter)
    return false
  })
  if (bucket.waiting.length > 0) wakeAt(context, bucket, closing.retryAtMs - nowMs)
}

/** Answers one who cannot be served: the bucket's closing is known. */
export function refuse({ closing, rules }: LocalBucket, waiter: Pick<Waiter, 'answer'>): void {
  if (!closing) return
  const { retryAtMs, reason, limit } = closing
  waiter.answer({ kind: 'refused', retryAt: new Date(retryAtMs), reason, limit: limit ?? rules.limit })
}

/** What was known before may have been later: the newest instant counts. */
function wakeAt(context: BookContext, bucket: LocalBucket, inMs: number): void {
  if (bucket.wake) clearTimeout(bucket.wake)
  bucket.wake = setTimeout(
    () => {
      bucket.wake = null
      serveBucket(context, bucket)
    },
    Math.min(Math.max(1, inMs), believedMs),
  )
  bucket.wake.unref()
}

/** A bucket that is called now and then is only looked at, where that is enough; else permits are reserved for those who wait. */
function askAbout(context: BookContext, bucket: LocalBucket): Promise<void> {
  const isHeard = context.events.isListening()
  if (bucket.syncing || !isHeard || !isWorthLook(bucket, context.monotonicMs()))
    return syncBucket(context, bucket)
  bucket.syncing = lookAt(context, bucket).then((isSeen) => goOn(context, bucket, isSeen))
  return bucket.syncing
}

/** Never rejects: what cannot be looked at is asked for, and that tells why. @returns false when the database gave no answer */
async function lookAt(context: BookContext, bucket: LocalBucket): Promise<boolean> {
  const { rules } = bucket
  const sinceMs = context.monotonicMs()
  bucket.exchangedAtMs = sinceMs
  const seen = await context.look(bucket.facts.bucket).catch(() => undefined)
  // Facts that changed meanwhile count in another way; what was doubted meanwhile was not read.
  if (seen === undefined || bucket.rules !== rules || bucket.exchangedAtMs !== sinceMs)
    return seen !== undefined
  const room = roomOf(rules, seen, context.clock.now().getTime())
  // A single call is soon seen on the pages; who goes on calling tells more seldom.
  notePlenty(bucket, { room, sinceMs, tellAfterMs: rules.holdMs })
  if (rules.limit === null && room > 0) bucket.openAtMs = sinceMs
  return true
}

/** Tells the database what is new, and asks for permits for those who wait. One call of a bucket is under way at a time. */
export function syncBucket(context: BookContext, bucket: LocalBucket): Promise<void> {
  bucket.syncing ??= exchange(context, bucket).then((isTold) => goOn(context, bucket, isTold))
  return bucket.syncing
}

/** A 429 that came meanwhile does not wait for the next turn, if the database can be told. */
function goOn(context: BookContext, bucket: LocalBucket, isReached: boolean): void {
  bucket.syncing = null
  if (isReached && bucket.last429At) void syncBucket(context, bucket)
  else serveBucket(context, bucket)
}

/** @returns false when the database could not be told: what is to be told waits for the next turn */
async function exchange(context: BookContext, bucket: LocalBucket): Promise<boolean> {
  const now = context.clock.now()
  const sinceMs = context.monotonicMs()
  const change = changeOf(bucket, now, bucket.waiting.length)
  try {
    const row = await context.store(change)
    settle(context, bucket, { change, row, sinceMs })
    return true
  } catch (error) {
    tellAgain(bucket, change)
    context.log.warn({ err: error, bucket: bucket.facts.bucket }, 'permits could not be counted')
    for (const waiter of bucket.waiting.splice(0)) waiter.fail(error)
    return false
  }
}

/** What is known of a bucket may be old: it is read anew before anything is granted without looking, or refused from memory. */
export function doubtBucket(context: BookContext, bucket: LocalBucket): void {
  bucket.openAtMs = null
  bucket.plenty = null
  // A look that is under way may have read what was true before.
  bucket.exchangedAtMs = context.monotonicMs()
  // A 429 of this process that is still to be told holds.
  if (!bucket.blockedUntil) bucket.closing = null
  if (bucket.batches.length > 0) void syncBucket(context, bucket)
  else serveBucket(context, bucket)
}

type Exchanged = { change: BucketChange; row: BucketRow; sinceMs: number }

function settle(context: BookContext, bucket: LocalBucket, { change, row, sinceMs }: Exchanged): void {
  const { rules } = bucket
  const nowMs = change.now.getTime()
  bucket.exchangedAtMs = sinceMs
  bucket.isLow = row.room < Math.max(lowRoom, (rules.limit ?? 0) / 20)
  // Facts that changed meanwhile number their slots in another way.
  if (change.rules === rules) {
    const arrivedMs = context.clock.now().getTime()
    const slot = moveLate(bucket, { slot: slotAt(rules, nowMs), count: row.granted, nowMs: arrivedMs })
    hold(bucket, { slot, left: row.granted, untilMs: context.monotonicMs() + rules.holdMs })
    bucket.openAtMs = sinceMs
    notePlenty(bucket, { room: row.room, sinceMs })
    bucket.closing = closingFrom(bucket, { change, row, sinceMs })
    if (bucket.closing?.reason === 'provider_said') {
      bucket.quietUntilMs = Math.max(bucket.quietUntilMs, bucket.closing.retryAtMs)
      releaseHeld(bucket)
    }
  }
  tellOthers(context, change, row)
}

function closingFrom(bucket: LocalBucket, { change, row, sinceMs }: Exchanged): LocalBucket['closing'] {
  const nowMs = change.now.getTime()
  const shared = { knownAtMs: sinceMs, limit: row.limit }
  const earliestMs = nowMs + shortestMs
  // A 429 that came while the statement was under way is told with the next one.
  const quietMs = Math.max(row.blockedUntil?.getTime() ?? 0, bucket.blockedUntil?.getTime() ?? 0)
  if (quietMs > nowMs) return { ...shared, retryAtMs: Math.max(quietMs, earliestMs), reason: 'provider_said' }
  if (change.want === 0 || row.granted >= change.want || givesBack(bucket)) return null
  const isTold = row.endsAt !== null && row.endsAt.getTime() > nowMs
  const freeMs = isTold ? row.endsAt?.getTime() : freeAtMs(bucket.rules, row.slots, nowMs)
  const retryAtMs = Math.max(freeMs ?? nowMs + bucket.rules.windowMs, earliestMs)
  return { ...shared, retryAtMs, reason: 'limit' }
}

/** Permits came back while the statement was under way. */
function givesBack({ taken }: LocalBucket): boolean {
  return [...taken.values()].some((count) => count < 0)
}

/** Other processes refuse from memory: they hear when a bucket is free earlier, and when the provider wants silence. */
function tellOthers(context: BookContext, change: BucketChange, row: BucketRow): void {
  const id = change.bucket
  const givenBack = Object.values(change.taken).reduce((sum, count) => sum + Math.max(0, -count), 0)
  const wasEmpty = givenBack > 0 && row.room + row.granted - givenBack <= 0
  if (change.blockedUntil || wasEmpty) void context.events.publish({ topic: 'permit', id })
  if (Object.keys(change.taken).length > 0 || change.last429At || change.reading || row.granted > 0) {
    context.news.changed(id)
  }
}
