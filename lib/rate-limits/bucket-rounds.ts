import { isForgettable, isTimeToTell, type LocalBucket, releaseHeld } from './local-bucket'

const everyMs = 500
const forgetEveryRounds = 10
/** Of many thousands of buckets so many are seen to at once; calls go on in between. */
const sliceMax = 250

export type BucketRoundsOptions = {
  /** By name; those that nobody needs any more are removed. */
  buckets: Map<string, LocalBucket>
  monotonicMs(): number
  /** It is time to tell the database what is new of a bucket. */
  tell(bucket: LocalBucket): void
}

/**
 * Goes round all buckets while there are any: gives back what was held too long, has told what is to be told, and forgets what nobody has
 * asked for.
 *
 * @returns `plan` is called when there is a bucket to see to
 */
export function createBucketRounds({ buckets, monotonicMs, tell }: BucketRoundsOptions) {
  let timer: NodeJS.Timeout | null = null
  let isUnderWay = false
  let isClosed = false
  let rounds = 0

  function plan(inMs = everyMs): void {
    if (timer || isUnderWay || isClosed) return
    timer = setTimeout(begin, inMs)
    timer.unref()
  }

  function begin(): void {
    timer = null
    isUnderWay = true
    rounds += 1
    goOn(buckets.entries(), everyMs)
  }

  /** @param nextMs until the next round: windows of a few seconds give back what is not used sooner */
  function goOn(rest: MapIterator<[string, LocalBucket]>, nextMs: number): void {
    if (isClosed) return
    const nowMs = monotonicMs()
    let soonestMs = nextMs
    for (let n = 0; n < sliceMax; n += 1) {
      const { value, done } = rest.next()
      if (done) {
        end(soonestMs)
        return
      }
      const [name, bucket] = value
      seeTo(name, bucket, nowMs)
      if (bucket.batches.length > 0) soonestMs = Math.min(soonestMs, bucket.rules.holdMs)
    }
    setImmediate(goOn, rest, soonestMs)
  }

  function seeTo(name: string, bucket: LocalBucket, nowMs: number): void {
    releaseHeld(bucket, nowMs)
    if (isTimeToTell(bucket, nowMs)) tell(bucket)
    else if (rounds % forgetEveryRounds === 0 && isForgettable(bucket, nowMs)) buckets.delete(name)
  }

  function end(nextMs: number): void {
    isUnderWay = false
    if (buckets.size > 0) plan(nextMs)
  }

  return {
    plan: () => plan(),
    close(): void {
      isClosed = true
      if (timer) clearTimeout(timer)
    },
  }
}
