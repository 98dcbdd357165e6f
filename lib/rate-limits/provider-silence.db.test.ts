import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { TestDeps } from '../../tests/test-deps'
import type { BucketFacts } from './permit-book'
import { answer, type Books, facts, granted, makeBooks, takeMany } from './test-books'

let books: Books
let world: TestDeps
/** Another process on the same database. */
let other: TestDeps
beforeAll(async () => {
  books = await makeBooks()
  world = books.world
  other = books.other
})
afterAll(() => books.close())

const at = () => books.at()
const later = (ms: number) => books.later(ms)
const flushed = () => books.flushed()
const viewOf = (bucket: BucketFacts) => books.viewOf(bucket)

/** What a process tells others of a bucket reaches itself as well. */
function ownNews({ bucket }: BucketFacts): Promise<void> {
  return new Promise((resolve) => {
    const end = world.deps.events.subscribe(({ topic, id }) => {
      if (topic !== 'permit' || id !== bucket) return
      end()
      resolve()
    })
  })
}

/** News reach another process in their own time. */
async function refusedBy(process: TestDeps, bucket: BucketFacts): Promise<void> {
  await vi.waitFor(
    async () => {
      const given = await process.deps.permits.take(bucket, { waitMs: 0 })
      if (given.kind === 'granted') given.permit.giveBack()
      expect(given.kind).toBe('refused')
    },
    { timeout: 120_000 },
  )
}

describe('a 429 that tells no instant', () => {
  test('the provider’s 429 silences every process, ever longer', async () => {
    const bucket = facts({ provider: 'envoy' })
    const first = granted(await world.deps.permits.take(bucket, { waitMs: 0 }))
    granted(await other.deps.permits.take(bucket, { waitMs: 0 })).done(answer())
    first.done(answer(429))
    await refusedBy(other, bucket)
    const refusal = await other.deps.permits.take(bucket, { waitMs: 0 })
    expect(refusal).toMatchObject({ reason: 'provider_said', retryAt: new Date(at().getTime() + 15_000) })
    later(15_000)
    granted(await world.deps.permits.take(bucket, { waitMs: 0 })).done(answer(429))
    expect(await world.deps.permits.take(bucket, { waitMs: 0 })).toMatchObject({
      kind: 'refused',
      retryAt: new Date(at().getTime() + 30_000),
    })
  })

  test('calls that were under way together are refused together: that is one 429 in a row', async () => {
    const bucket = facts({ provider: 'envoy' })
    const permits = await Promise.all(
      Array.from({ length: 6 }, () => world.deps.permits.take(bucket, { waitMs: 0 }).then(granted)),
    )
    for (const permit of permits) {
      const heard = ownNews(bucket)
      permit.done(answer(429))
      await heard
      later(25)
    }
    expect(await world.deps.permits.take(bucket, { waitMs: 0 })).toMatchObject({
      reason: 'provider_said',
      retryAt: new Date(at().getTime() - 25 + 15_000),
    })
  })
})

describe('Retry-After', () => {
  test('is kept in mind by all processes, also by those that hold permits', async () => {
    const bucket = facts()
    const { permits } = await takeMany(other, bucket, 3)
    for (const permit of permits) permit.giveBack()
    const permit = granted(await world.deps.permits.take(bucket, { waitMs: 0 }))
    permit.done(answer(429, { 'retry-after': '120' }))
    await refusedBy(other, bucket)
    const until = new Date(at().getTime() + 120_000)
    expect(await other.deps.permits.take(bucket, { waitMs: 0 })).toMatchObject({ retryAt: until })
    await flushed()
    expect(await viewOf(bucket)).toMatchObject({ blockedUntil: until, retryAt: until, last429At: at() })
    later(120_000)
    expect((await takeMany(other, bucket, 1)).permits).toHaveLength(1)
    expect(await viewOf(bucket)).toMatchObject({ blockedUntil: null, retryAt: null })
  })
})
