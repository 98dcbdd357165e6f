import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { rateSelect, rateView } from '../../lib/rate-limits/bucket-view'
import type { BucketFacts } from '../../lib/rate-limits/permit-book'
import { root } from '../../scripts/steps/root.mjs'
import { type TestDatabase, testDatabase } from '../database'
import { type FakeServer, fakeServer } from '../fake-server'
import { type Bundles, makeProcessBundle } from './bundle'
import { createHerd, type Herd } from './herd'
import type { ChaosProcess } from './run-process'

/** A test may wait for several windows, and for a machine that is busy. */
const timeout = 300_000

let database: TestDatabase
let bundle: Pick<Bundles, 'process' | 'remove'>
let herd: Herd
let four: ChaosProcess[]
let provider: FakeServer
/** When each call reached the provider, on a clock that only goes forward. */
let arrivals: number[] = []
let isBusy = false

beforeAll(async () => {
  database = await testDatabase()
  bundle = await makeProcessBundle()
  provider = await fakeServer(() => {
    arrivals.push(performance.now())
    return isBusy ? { status: 429, headers: { 'retry-after': '2' } } : { status: 200, body: {} }
  })
  const bundles = { root, process: bundle.process, product: '' }
  herd = createHerd(bundles, {
    APP_URL: 'http://localhost:3000',
    DATABASE_URL: database.url,
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
  })
  // The first of them makes the key that the others open.
  const first = await herd.start()
  four = [first, ...(await Promise.all([herd.start(), herd.start(), herd.start()]))]
}, timeout)
afterAll(async () => {
  await herd?.end()
  await provider?.close()
  await bundle?.remove()
  await database?.close()
})

let buckets = 0
/** A bucket that nobody has used, and a provider that has counted nothing yet. */
function fresh(agreed: BucketFacts['agreed'] = null): BucketFacts {
  buckets += 1
  arrivals = []
  return { bucket: `outstand:connection:con_${buckets}`, provider: 'outstand', agreed, bypassed: false }
}

const settle = () => Promise.all(four.map((each) => each.ask({ kind: 'settle' })))

async function shown({ bucket }: BucketFacts) {
  const row = await database.db.rateWindow.findUniqueOrThrow({ where: { bucket }, select: rateSelect })
  return rateView(row, new Date())
}

/** The most calls that any window of this length has seen, wherever it begins. */
function mostIn(windowMs: number): number {
  return Math.max(
    ...arrivals.map((from) => arrivals.filter((at) => at >= from && at < from + windowMs).length),
  )
}

function nth(index: number): ChaosProcess {
  const one = four[index]
  if (!one) throw new Error('there are four processes')
  return one
}

test('2,000 attempts of four processes on 300 calls make at most 300, and not fewer than 285', {
  timeout,
}, async () => {
  const facts = fresh()
  const order = {
    kind: 'spend',
    facts,
    url: provider.origin,
    lanes: 25,
    attempts: 500,
    patient: false,
  } as const
  const beganMs = Date.now()
  const spent = await Promise.all(four.map((each) => each.ask(order)))
  expect(Date.now() - beganMs).toBeLessThan(300_000)
  expect(arrivals.length).toBeLessThanOrEqual(300)
  expect(arrivals.length).toBeGreaterThanOrEqual(285)
  const refusals = spent.flatMap((each) => each.refusals)
  expect(refusals).toHaveLength(2_000 - arrivals.length)
  await settle()
  const view = await shown(facts)
  expect(view).toMatchObject({ used: arrivals.length, limit: 300, source: 'own_count' })
  for (const { at, reason } of refusals) {
    expect(reason).toBe('limit')
    // The first calls come back when they are a window old, and no refusal promises it sooner.
    expect(at).toBeGreaterThanOrEqual(beganMs + 300_000)
    expect(at).toBeLessThanOrEqual(view.resetsAt?.getTime() ?? 0)
  }
})

test('over several windows no window sees more than the limit, and everybody is served', {
  timeout,
}, async () => {
  const facts = fresh({ limit: 30, windowS: 3 })
  const order = { kind: 'spend', facts, url: provider.origin, lanes: 3, attempts: 18, patient: true } as const
  const spent = await Promise.all(four.map((each) => each.ask(order)))
  expect(spent.map(({ calls }) => calls)).toEqual([18, 18, 18, 18])
  expect(arrivals).toHaveLength(72)
  expect(mostIn(3_000)).toBeLessThanOrEqual(30)
})

test('a call just after the instant of a refusal is granted, and none before', { timeout }, async () => {
  const facts = fresh({ limit: 10, windowS: 2 })
  const take = { kind: 'take', facts, count: 1, waitMs: 0 } as const
  const order = { kind: 'spend', facts, url: provider.origin, lanes: 2, attempts: 9, patient: false } as const
  await nth(0).ask(order)
  await settle()
  // However long that has taken, ten are more than fit.
  const [refusal] = (await nth(1).ask({ ...take, count: 10 })).refusals
  const early = await nth(2).ask(take)
  // A machine that is slow enough asks when it is time already.
  if (early.calls === 1) return expect(Date.now()).toBeGreaterThanOrEqual(refusal?.at ?? Infinity)
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThanOrEqual(refusal?.at ?? Infinity), { timeout })
  expect(await nth(3).ask(take)).toMatchObject({ calls: 1 })
})

test('what a killed process has taken comes back with its window', { timeout }, async () => {
  const facts = fresh({ limit: 30, windowS: 2 })
  const doomed = await herd.start()
  expect(await doomed.ask({ kind: 'take', facts, count: 25, waitMs: 0 })).toMatchObject({ calls: 25 })
  doomed.signal('SIGKILL')
  await doomed.exited
  expect(await nth(0).ask({ kind: 'take', facts, count: 29, waitMs: 60_000 })).toMatchObject({ calls: 29 })
})

test('Retry-After of the provider stops all four', { timeout }, async () => {
  const facts = fresh()
  const take = { kind: 'take', facts, count: 1, waitMs: 0 } as const
  for (const each of four) expect(await each.ask(take)).toMatchObject({ calls: 1 })
  isBusy = true
  await nth(0).ask({ kind: 'spend', facts, url: provider.origin, lanes: 1, attempts: 1, patient: false })
  isBusy = false
  await settle()
  const until = (await shown(facts)).blockedUntil?.getTime() ?? 0
  await vi.waitFor(
    async () => {
      const asked = await Promise.all(four.map((each) => each.ask(take)))
      const isOver = Date.now() >= until
      if (!isOver)
        expect(asked.map(({ refusals }) => refusals)).toEqual(
          four.map(() => [{ at: until, reason: 'provider_said' }]),
        )
    },
    { timeout, interval: 20 },
  )
  expect(await nth(3).ask({ ...take, waitMs: 60_000 })).toMatchObject({ calls: 1 })
  expect(Date.now()).toBeGreaterThanOrEqual(until)
})
