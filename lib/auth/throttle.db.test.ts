import { afterAll, beforeAll, expect, it } from 'vitest'
import { makePeople, type People } from './test-people'
import { countAttempt } from './throttle'

let people: People
beforeAll(async () => {
  people = await makePeople()
  people.deps.clock.set(new Date('2026-03-01T12:07:00Z'))
})
afterAll(() => people.close())

const rule = { limit: 5, windowMs: 15 * 60 * 1000 }

it('lets as many attempts through as the limit says, however many come at once', async () => {
  const attempts = await Promise.all(
    Array.from({ length: 20 }, () => countAttempt(people.deps, 'burst', rule)),
  )
  expect(attempts.filter(({ allowed }) => allowed)).toHaveLength(5)
  const refused = attempts.find(({ allowed }) => !allowed)
  expect(refused).toEqual({ allowed: false, retryAt: new Date('2026-03-01T12:15:00Z') })
})

it('counts each bucket and each window by itself', async () => {
  for (let tries = 0; tries < 5; tries += 1) await countAttempt(people.deps, 'one', rule)
  expect((await countAttempt(people.deps, 'one', rule)).allowed).toBe(false)
  expect((await countAttempt(people.deps, 'two', rule)).allowed).toBe(true)
  people.deps.clock.set(new Date('2026-03-01T12:15:00Z'))
  expect((await countAttempt(people.deps, 'one', rule)).allowed).toBe(true)
})

it('forgets windows that are more than a day old', async () => {
  await countAttempt(people.deps, 'old', rule)
  people.deps.clock.advance(25 * 60 * 60 * 1000)
  await countAttempt(people.deps, 'new', rule)
  const kept = await people.deps.db.throttleWindow.findMany({ select: { bucket: true } })
  expect(kept).toEqual([{ bucket: 'new' }])
})
