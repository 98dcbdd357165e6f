import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { TestDeps } from '../../tests/test-deps'
import type { Statements } from '../db/named-statements'
import { createPermitBook } from './create-permit-book'
import type { BucketFacts } from './permit-book'
import { createRateNews } from './rate-news'
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

const secondMs = 1_000

/** A book that knows nothing yet. `statements`: how many it has written by. */
function newBook() {
  let statements = 0
  const run: Statements['run'] = (statement, values) => {
    statements += 1
    return world.deps.sql.run(statement, values)
  }
  const { permits: _permits, ...deps } = world.deps
  const book = createPermitBook({ ...deps, sql: { ...deps.sql, run }, news: createRateNews(deps.events) })
  return { book, statements: () => statements }
}

describe('a counted limit', () => {
  test('is shared by processes, but for a reserve, and comes back when its calls are a window old', async () => {
    const bucket = facts()
    const [one, two] = await Promise.all([takeMany(world, bucket, 200), takeMany(other, bucket, 200)])
    const permits = [...one.permits, ...two.permits]
    expect(permits.length).toBeGreaterThanOrEqual(285)
    // What one process holds and does not use comes back, and the other hears of it.
    await flushed()
    await vi.waitFor(
      async () => {
        permits.push(...(await takeMany(other, bucket, 10)).permits)
        expect(permits).toHaveLength(295)
      },
      { timeout: 120_000 },
    )
    for (const permit of permits) permit.done(answer())
    await flushed()
    const { retryAt, ...view } = await viewOf(bucket)
    expect(view).toMatchObject({ limit: 300, used: 295, remaining: 5, reserve: 5, windowS: 300 })
    const [refusal] = (await takeMany(world, bucket, 1)).refusals
    expect(refusal).toMatchObject({ reason: 'limit', limit: 300, retryAt })
    later((retryAt?.getTime() ?? 0) - at().getTime() - 1)
    expect((await takeMany(other, bucket, 1)).permits).toHaveLength(0)
    later(1)
    expect((await takeMany(other, bucket, 1)).permits).toHaveLength(1)
    expect((await takeMany(world, bucket, 1)).permits).toHaveLength(1)
  })

  test('that nobody has called before is counted whole where processes begin at the same time', async () => {
    const many = Array.from({ length: 150 }, () => facts())
    const from = (process: TestDeps, order: readonly BucketFacts[]) =>
      Promise.all(order.map((bucket) => process.deps.permits.take(bucket, { waitMs: 0 })))
    const given = await Promise.all([from(world, many), from(other, [...many].reverse())])
    for (const permit of given.flat()) granted(permit).done(answer())
    await flushed()
    const used = await Promise.all(many.map(async (bucket) => (await viewOf(bucket)).used))
    expect(used).toEqual(many.map(() => 2))
  })

  test('counts no permit that was not used', async () => {
    const bucket = facts()
    const { permits } = await takeMany(world, bucket, 30)
    permits.forEach((permit, index) => {
      if (index < 10) permit.done(answer())
      else permit.giveBack()
      permit.giveBack()
    })
    await flushed()
    expect(await viewOf(bucket)).toMatchObject({ used: 10, counted: 10 })
  })

  test('is passed by what always goes through, which is counted all the same', async () => {
    const bucket = facts({ agreed: { limit: 3, windowS: 60 } })
    await takeMany(world, bucket, 3)
    world.deps.permits.record(bucket, { ...answer(), at: at() })
    world.deps.permits.record(bucket, { ...answer(), at: at() })
    await flushed()
    expect(await viewOf(bucket)).toMatchObject({ limit: 3, used: 5, remaining: 0 })
  })

  test('counts a late answer from when it came', async () => {
    const bucket = facts({ agreed: { limit: 1, windowS: 60 } })
    const permit = granted(await world.deps.permits.take(bucket, { waitMs: 0 }))
    later(30 * secondMs)
    permit.done(answer())
    await flushed()
    later(50 * secondMs)
    expect((await takeMany(other, bucket, 1)).permits).toHaveLength(0)
    later(15 * secondMs)
    expect((await takeMany(other, bucket, 1)).permits).toHaveLength(1)
  })

  test('that is entered anew holds at once', async () => {
    const bucket = facts({ agreed: { limit: 2, windowS: 60 } })
    expect((await takeMany(world, bucket, 5)).permits).toHaveLength(2)
    expect((await takeMany(world, { ...bucket, agreed: { limit: 4, windowS: 60 } }, 5)).permits).toHaveLength(
      2,
    )
  })
})

describe('where no limit is known', () => {
  test.each([
    ['Envoy', facts({ provider: 'envoy' }), 'not_published'],
    ['Outstand with a bypass header', facts({ bypassed: true }), 'not_entered'],
  ])('calls of %s are counted, and none is refused', async (_name, bucket, source) => {
    const { permits } = await takeMany(world, bucket, 400)
    for (const permit of permits) permit.done(answer())
    granted(await world.deps.permits.take(bucket, { waitMs: 0 })).giveBack()
    await flushed()
    expect(await viewOf(bucket)).toMatchObject({
      limit: null,
      used: 400,
      remaining: null,
      source,
    })
  })
})

describe('an Outreach user', () => {
  const told = (remaining: number) =>
    answer(200, {
      'x-ratelimit-limit': '10000',
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset': '600',
    })

  test('has what the newest header leaves, less the calls that are under way and the reserve', async () => {
    const bucket = facts({ provider: 'outreach' })
    granted(await world.deps.permits.take(bucket, { waitMs: 0 })).done(told(9_000))
    later(10)
    granted(await world.deps.permits.take(bucket, { waitMs: 0 })).done(told(70))
    await flushed()
    expect(await viewOf(bucket)).toMatchObject({
      limit: 10_000,
      used: 9_930,
      remaining: 70,
      source: 'headers',
      counted: 2,
      stale: false,
    })
    const one = await takeMany(world, bucket, 15)
    const two = await takeMany(other, bucket, 15)
    expect([one.permits.length, two.permits.length]).toEqual([15, 5])
    expect(two.refusals[0]).toMatchObject({ reason: 'limit', retryAt: new Date(at().getTime() + 600_000) })
    later(600_000)
    expect(await viewOf(bucket)).toMatchObject({ stale: true })
    expect((await takeMany(other, bucket, 100)).permits).toHaveLength(100)
  })

  test('that has plenty left is not asked for each call, and counts them all', async () => {
    const bucket = facts({ provider: 'outreach' })
    const { book, statements } = newBook()
    try {
      for (let calls = 0; calls < 400; calls += 1) {
        granted(await book.take(bucket, { waitMs: 0 })).done(answer())
      }
      // Without plenty each process would reserve anew again and again.
      expect(statements()).toBeLessThan(40)
      await book.flush()
      expect(await viewOf(bucket)).toMatchObject({ counted: 400 })
      const more = await Promise.all(Array.from({ length: 900 }, () => book.take(bucket, { waitMs: 0 })))
      expect(more.filter(({ kind }) => kind === 'granted')).toHaveLength(900)
    } finally {
      await book.close()
    }
  })

  test('that has plenty left is only looked at by who calls it now and then', async () => {
    const bucket = facts({ provider: 'outreach' })
    granted(await world.deps.permits.take(bucket, { waitMs: 0 })).done(told(9_000))
    await flushed()
    later(10)
    const { book, statements } = newBook()
    try {
      granted(await book.take(bucket, { waitMs: 0 })).done(told(8_990))
      expect(statements()).toBe(0)
      await book.flush()
      expect(await viewOf(bucket)).toMatchObject({ remaining: 8_990, counted: 2 })
    } finally {
      await book.close()
    }
  })

  test('that is to be silent is no less so for who only looked at it', async () => {
    const bucket = facts({ provider: 'outreach' })
    granted(await world.deps.permits.take(bucket, { waitMs: 0 })).done(answer(429, { 'retry-after': '600' }))
    await flushed()
    const { book } = newBook()
    try {
      expect(await book.take(bucket, { waitMs: 0 })).toMatchObject({
        kind: 'refused',
        reason: 'provider_said',
      })
    } finally {
      await book.close()
    }
  })

  test('gets back what answers and unused permits leave', async () => {
    const bucket = facts({ provider: 'outreach' })
    granted(await world.deps.permits.take(bucket, { waitMs: 0 })).done(told(60))
    await flushed()
    const { permits } = await takeMany(world, bucket, 10)
    permits[0]?.done(told(59))
    for (const permit of permits.slice(1)) permit.giveBack()
    await flushed()
    expect((await takeMany(other, bucket, 20)).permits).toHaveLength(9)
  })
})

describe('a caller that waits', () => {
  const soon = { limit: 2, windowS: 2 }

  test('is served when a permit is free, those who came first first', async () => {
    const bucket = facts({ agreed: soon })
    const { permits } = await takeMany(world, bucket, 2)
    const order: number[] = []
    const waiting = [1, 2].map((who) =>
      world.deps.permits.take(bucket, { waitMs: 60_000 }).then((given) => {
        order.push(who)
        return granted(given)
      }),
    )
    for (const permit of permits) permit.giveBack()
    await Promise.all(waiting)
    expect(order).toEqual([1, 2])
  })

  test('hears when another process frees a permit', async () => {
    const bucket = facts({ agreed: soon })
    const { permits } = await takeMany(other, bucket, 2)
    const waiting = world.deps.permits.take(bucket, { waitMs: 60_000 })
    for (const permit of permits) permit.giveBack()
    await other.deps.permits.flush()
    granted(await waiting)
  })

  test('is served by a database that takes longer than a slot', async () => {
    const { deps } = world
    const run: Statements['run'] = async (statement, values) => {
      const rows = await deps.sql.run(statement, values)
      later(200)
      return rows as never
    }
    const book = createPermitBook({
      ...deps,
      sql: { ...deps.sql, run },
      news: createRateNews(deps.events),
      monotonicMs: () => at().getTime(),
    })
    const bucket = facts({ agreed: { limit: 10, windowS: 1 } })
    granted(await book.take(bucket, { waitMs: 0 })).done(answer())
    await book.flush()
    expect(await viewOf(bucket)).toMatchObject({ used: 1 })
    await book.close()
  })

  test('is refused at once when none comes in time', async () => {
    const bucket = facts({ agreed: { limit: 1, windowS: 600 } })
    await takeMany(world, bucket, 1)
    const given = await world.deps.permits.take(bucket, { waitMs: 10_000 })
    expect(given).toMatchObject({ kind: 'refused', reason: 'limit' })
  })

  test('leaves the line when it goes', async () => {
    const bucket = facts({ agreed: soon })
    const { permits } = await takeMany(world, bucket, 2)
    const gone = new AbortController()
    const waiting = world.deps.permits.take(bucket, { waitMs: 60_000, signal: gone.signal })
    gone.abort(new Error('the caller has gone'))
    await expect(waiting).rejects.toThrow('the caller has gone')
    for (const permit of permits) permit.giveBack()
    expect((await takeMany(world, bucket, 2)).permits).toHaveLength(2)
  })
})
