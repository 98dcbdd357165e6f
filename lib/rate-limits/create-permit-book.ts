import type { Deps } from '../deps'
import { createBucketRounds } from './bucket-rounds'
import { bucketRules, sameFacts } from './bucket-rules'
import { createBucketStore } from './bucket-store'
import { grantPermit, noteAnswer } from './grant-permit'
import { addTaken, hasNews, type LocalBucket, localBucket, releaseHeld } from './local-bucket'
import { createBucketLook } from './look-at-bucket'
import type { BucketFacts, PermitBook } from './permit-book'
import type { RateNews } from './rate-news'
import { type BookContext, doubtBucket, syncBucket } from './serve-bucket'
import { slotAt } from './slots'
import { waitInLine } from './wait-in-line'

export type PermitBookDeps = Pick<Deps, 'clock' | 'providers' | 'events' | 'log' | 'metrics' | 'sql'> & {
  news: RateNews
  monotonicMs?: () => number
}

/** Reserves permits in small batches and counts calls in slots (docs/decisions/027-permits-in-slots.md). */
export function createPermitBook({
  sql,
  monotonicMs = () => performance.now(),
  ...deps
}: PermitBookDeps): PermitBook {
  const context: BookContext = {
    ...deps,
    store: createBucketStore(sql),
    look: createBucketLook(sql),
    monotonicMs,
  }
  const buckets = new Map<string, LocalBucket>()
  const rounds = createBucketRounds({
    buckets,
    monotonicMs,
    tell: (bucket) => void syncBucket(context, bucket),
  })
  let isClosed = false

  const endNews = deps.events.subscribe(({ topic, id }) => {
    if (id === '*') for (const bucket of buckets.values()) doubtBucket(context, bucket)
    const told = topic === 'permit' ? buckets.get(id) : undefined
    if (told) doubtBucket(context, told)
  })

  function find(facts: BucketFacts): LocalBucket {
    const bucket = buckets.get(facts.bucket) ?? localBucket(facts)
    buckets.set(facts.bucket, bucket)
    bucket.usedAtMs = monotonicMs()
    if (!sameFacts(bucket.facts, facts)) changeFacts(context, bucket, facts)
    rounds.plan()
    return bucket
  }

  async function flush(): Promise<void> {
    for (const bucket of buckets.values()) releaseHeld(bucket)
    await Promise.all([...buckets.values()].map((bucket) => tellAll(context, bucket)))
  }

  const count = ({ provider }: BucketFacts, outcome: string) =>
    deps.metrics.permits.inc({ provider, outcome })

  return {
    take(facts, { waitMs, signal }) {
      if (signal?.aborted) return Promise.reject(signal.reason)
      if (isClosed) return Promise.reject(new Error('the permit book is closed'))
      const bucket = find(facts)
      const nowMs = deps.clock.now().getTime()
      const permit = bucket.waiting.length === 0 ? grantPermit(context, bucket, nowMs) : null
      if (permit) {
        count(facts, 'granted')
        return Promise.resolve({ kind: 'granted', permit })
      }
      return waitInLine(context, bucket, { nowMs, waitMs, signal }).then((answer) => {
        count(facts, answer.kind === 'granted' ? 'granted' : answer.reason)
        return answer
      })
    },
    record(facts, answer) {
      const bucket = find(facts)
      addTaken(bucket, slotAt(bucket.rules, answer.at.getTime()), 1)
      noteAnswer(context, bucket, answer)
    },
    flush,
    async close() {
      isClosed = true
      endNews()
      rounds.close()
      for (const bucket of buckets.values()) {
        for (const waiter of bucket.waiting.splice(0)) waiter.fail(new Error('the permit book is closed'))
      }
      await flush()
    },
  }
}

function changeFacts(context: BookContext, bucket: LocalBucket, facts: BucketFacts): void {
  releaseHeld(bucket)
  bucket.facts = facts
  bucket.rules = bucketRules(facts)
  doubtBucket(context, bucket)
}

async function tellAll(context: BookContext, bucket: LocalBucket): Promise<void> {
  if (bucket.syncing) await bucket.syncing
  if (hasNews(bucket)) await syncBucket(context, bucket)
}
