import { randomBytes } from 'node:crypto'
import { testDatabase } from '../../tests/database'
import { type TestDeps, testDeps } from '../../tests/test-deps'
import { rateSelect, rateView } from './bucket-view'
import type { BucketFacts, LimitAnswer, Permit, PermitAnswer } from './permit-book'

const start = new Date('2026-11-02T10:01:00Z')

/** Two processes with permit books of their own, on one database and with the same clock. */
export async function makeBooks() {
  const database = await testDatabase()
  const env = { ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}` }
  const world = await testDeps(database, env)
  const other = await testDeps(database, env)
  for (const { deps } of [world, other]) deps.clock.set(start)
  const at = () => world.deps.clock.now()
  return {
    world,
    other,
    at,
    later(ms: number): void {
      for (const { deps } of [world, other]) deps.clock.advance(ms)
    },
    flushed: () => Promise.all([world.deps.permits.flush(), other.deps.permits.flush()]),
    /** What the pages show of a bucket. */
    async viewOf({ bucket }: BucketFacts) {
      const row = await database.db.rateWindow.findUniqueOrThrow({ where: { bucket }, select: rateSelect })
      return rateView(row, at())
    },
    async close(): Promise<void> {
      await world.close()
      await other.close()
      await database.close()
    },
  }
}

export type Books = Awaited<ReturnType<typeof makeBooks>>

let buckets = 0

/** A bucket that nobody has called yet. */
export function facts(more: Partial<BucketFacts> = {}): BucketFacts {
  buckets += 1
  const provider = more.provider ?? 'outstand'
  return { bucket: `${provider}:connection:con_${buckets}`, provider, agreed: null, bypassed: false, ...more }
}

export function answer(status = 200, headers: Record<string, string> = {}): LimitAnswer {
  return { status, headers: new Headers(headers) }
}

export function granted(given: PermitAnswer): Permit {
  if (given.kind === 'refused') throw new Error(`refused until ${given.retryAt.toISOString()}`)
  return given.permit
}

/** Asks so many times at once. @returns the permits, and what the others were told */
export async function takeMany(from: TestDeps, bucket: BucketFacts, count: number) {
  const answers = await Promise.all(
    Array.from({ length: count }, () => from.deps.permits.take(bucket, { waitMs: 0 })),
  )
  return {
    permits: answers.flatMap((one) => (one.kind === 'granted' ? [one.permit] : [])),
    refusals: answers.flatMap((one) => (one.kind === 'refused' ? [one] : [])),
  }
}
