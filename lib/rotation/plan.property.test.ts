import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { grantKinds, providerIds } from '../core/provider'
import type { TokenPolicy } from '../providers/contract'
import { providerRegistry } from '../providers/registry'
import { nextRotationAt, nextTryAt, type PairClocks, pairExpiry, throttledUntil } from './plan'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** A queue that polls, a sweep that looks twice a minute: a rotation begins this long after its time at most. */
const lateMaxMs = 2 * minute
const start = Date.parse('2026-09-01T12:00:00Z')

/** The policy of every provider and grant that there is. */
const policies = providerIds.flatMap((id) => {
  const provider = providerRegistry.get(id)
  return provider.grants.map((grant) => ({ id, grant, policy: provider.policy(grant) }))
})
const outreachUser = providerRegistry.get('outreach').policy('oauth_code')

const jitters = fc.double({ min: 0, max: 1, noNaN: true })
const lateness = fc.integer({ min: 0, max: lateMaxMs })
const laps = fc.array(fc.record({ jitter: jitters, lateMs: lateness }), { minLength: 1, maxLength: 60 })

function pairAt(policy: TokenPolicy, bornMs: number, lastUsedAt: Date | null): PairClocks {
  const told = { accessExpiresAt: null, refreshExpiresAt: null }
  return { obtainedAt: new Date(bornMs), renewable: true, lastUsedAt, ...pairExpiry(policy, told, bornMs) }
}

/** The instants of the pairs that a provider gives while it is up, each rotation somewhat late. */
function births(
  policy: TokenPolicy,
  lives: readonly { jitter: number; lateMs: number }[],
  onPair: (pair: PairClocks, renewedMs: number) => void,
  usedBefore: (bornMs: number) => Date | null,
): number[] {
  const born = [start]
  for (const { jitter, lateMs } of lives) {
    const bornMs = born.at(-1) ?? start
    const pair = pairAt(policy, bornMs, usedBefore(bornMs))
    const plannedMs = nextRotationAt(policy, pair, jitter)?.getTime() ?? Number.POSITIVE_INFINITY
    const allowedMs = throttledUntil(policy, pair.obtainedAt, plannedMs)?.getTime() ?? plannedMs
    onPair(pair, allowedMs + lateMs)
    born.push(allowedMs + lateMs)
  }
  return born
}

const never = () => null

test('every grant of every provider has a policy here', () => {
  expect(policies.length).toBeGreaterThan(3)
  expect(policies.every(({ grant }) => grantKinds.includes(grant))).toBe(true)
})

describe.each(policies)('$id $grant, with the provider up', ({ policy }) => {
  test('no access token of a connection in use ever lapses', () => {
    const used = fc.integer({ min: 0, max: policy.accessTtlMs - 1 })
    fc.assert(
      fc.property(laps, used, (lives, agoMs) => {
        births(
          policy,
          lives,
          (pair, renewedMs) => expect(renewedMs).toBeLessThan(pair.accessExpiresAt?.getTime() ?? 0),
          (bornMs) => new Date(bornMs - agoMs),
        )
      }),
    )
  })

  test('no refresh token ever lapses, used or not', () => {
    fc.assert(
      fc.property(laps, fc.boolean(), (lives, isUsed) => {
        births(
          policy,
          lives,
          ({ refreshExpiresAt }, renewedMs) =>
            expect(renewedMs).toBeLessThan(refreshExpiresAt?.getTime() ?? Number.POSITIVE_INFINITY),
          (bornMs) => (isUsed ? new Date(bornMs) : null),
        )
      }),
    )
  })

  test('without a keep-alive, no access token lapses at all', () => {
    if (policy.keepAliveMs !== null) return
    fc.assert(
      fc.property(laps, (lives) => {
        const check = (pair: PairClocks, renewedMs: number) =>
          expect(renewedMs).toBeLessThan(pair.accessExpiresAt?.getTime() ?? 0)
        births(policy, lives, check, never)
      }),
    )
  })
})

describe('caps', () => {
  const short = fc.integer({ min: 1, max: 3 * 3_600 }).map((seconds) => seconds * 1_000)

  test('one mint of an Outreach user and app a minute, however short its tokens live', () => {
    fc.assert(
      fc.property(short, laps, (accessTtlMs, lives) => {
        const born = births({ ...outreachUser, accessTtlMs }, lives, never, (bornMs) => new Date(bornMs))
        born.slice(1).forEach((at, index) => {
          expect(at - (born[index] ?? 0)).toBeGreaterThanOrEqual(minute)
        })
      }),
    )
  })

  test('fewer than a hundred mints of an idle Outreach connection in fourteen days', () => {
    fc.assert(
      fc.property(laps, (lives) => {
        const born = births(outreachUser, lives, never, never)
        const most = Math.max(
          ...born.map((from) => born.filter((at) => at >= from && at < from + 14 * day).length),
        )
        expect(most).toBeLessThan(100)
      }),
    )
  })

  test('a connection that fails all day costs thirty token calls at most, whatever the provider asks', () => {
    const answer = fc.record({
      retryAfterMs: fc.option(fc.integer({ min: 0, max: 3 * hour })),
      jitter: jitters,
    })
    const answers = fc.array(answer, { minLength: 40, maxLength: 40 })
    fc.assert(
      fc.property(answers, (each) => {
        let clock = start
        let calls = 0
        while (clock < start + day) {
          calls += 1
          const { retryAfterMs, jitter } = each[calls] ?? { retryAfterMs: null, jitter: 0 }
          clock = nextTryAt(calls, retryAfterMs, clock, jitter).getTime()
        }
        expect(calls).toBeLessThanOrEqual(30)
      }),
    )
  })
})

describe('a plan', () => {
  type Clocks = { accessMs: number; refreshMs: number | null; usedAgoMs: number | null }
  const clocks: fc.Arbitrary<Clocks> = fc.record({
    accessMs: fc.integer({ min: 0, max: 30 * day }),
    refreshMs: fc.option(fc.integer({ min: 0, max: 60 * day })),
    usedAgoMs: fc.option(fc.integer({ min: 0, max: 3 * day })),
  })
  const anyPolicy = fc.record({
    marginMs: fc.integer({ min: 30_000, max: 2 * hour }),
    keepAliveMs: fc.option(fc.integer({ min: hour, max: 20 * day })),
  })
  const pairOf = ({ accessMs, refreshMs, usedAgoMs }: Clocks, bornMs = start): PairClocks => ({
    obtainedAt: new Date(bornMs),
    accessExpiresAt: new Date(bornMs + accessMs),
    refreshExpiresAt: refreshMs === null ? null : new Date(bornMs + refreshMs),
    renewable: true,
    lastUsedAt: usedAgoMs === null ? null : new Date(bornMs - usedAgoMs),
  })
  const planMs = (policy: Pick<TokenPolicy, 'marginMs' | 'keepAliveMs'>, pair: PairClocks, jitter: number) =>
    nextRotationAt(policy, pair, jitter)?.getTime() ?? Number.POSITIVE_INFINITY

  test('is never within a minute of the pair’s birth', () => {
    fc.assert(
      fc.property(anyPolicy, clocks, jitters, (policy, each, jitter) => {
        expect(planMs(policy, pairOf(each), jitter)).toBeGreaterThanOrEqual(start + minute)
      }),
    )
  })

  test('is not earlier for a pair that is younger or lives longer, nor later for one that is used', () => {
    const more = fc.integer({ min: 0, max: 10 * day })
    fc.assert(
      fc.property(anyPolicy, clocks, jitters, more, (policy, each, jitter, moreMs) => {
        const idle = { ...each, usedAgoMs: null }
        const plan = planMs(policy, pairOf(idle), jitter)
        expect(planMs(policy, pairOf(idle, start + moreMs), jitter)).toBe(plan + moreMs)
        const longer = { ...idle, accessMs: idle.accessMs + moreMs }
        expect(planMs(policy, pairOf(longer), jitter)).toBeGreaterThanOrEqual(plan)
        expect(planMs(policy, pairOf(each), jitter)).toBeLessThanOrEqual(plan)
      }),
    )
  })

  test('of connections that were connected in one second spreads over a tenth of the margin', () => {
    for (const { policy } of policies) {
      const pair = pairAt(policy, start, new Date(start))
      const plans = [0, 0.25, 0.5, 0.75, 1].map((jitter) => planMs(policy, pair, jitter))
      expect(new Set(plans).size).toBe(5)
      expect(Math.max(...plans) - Math.min(...plans)).toBeGreaterThanOrEqual(policy.marginMs / 10 - 1)
    }
  })
})
