import { beforeEach, describe, expect, it } from 'vitest'
import { standingClock, testContext } from '../kernel/test-context'
import { LENA, type TestOutstand, testOutstand } from './test-outstand'

let outstand: TestOutstand
let token: string
/** 100 s into a window of 300 s. */
const startMs = Date.UTC(2026, 0, 5, 10) + 100_000
beforeEach(async () => {
  outstand = testOutstand(testContext('outstand', { clock: standingClock(startMs) }))
  token = (await outstand.connect()).access_token
})

const call = (headers: Record<string, string> = {}, as = token) =>
  outstand.get('/api/v1/templates.json', as, headers)
async function callTimes(n: number, headers: Record<string, string> = {}) {
  let last = 0
  for (let done = 0; done < n; done += 1) last = (await call(headers)).status
  return last
}

describe('the limit', () => {
  it('lets 300 calls through in a window fixed to the clock, and no more', async () => {
    expect(await callTimes(300)).toBe(200)
    const refused = await call()
    expect([refused.status, refused.headers.get('content-type'), await refused.text()]).toEqual([
      429,
      'text/plain',
      'Retry later\n',
    ])
    expect(refused.headers.get('retry-after')).toBe('200')
    expect([...refused.headers.keys()].filter((name) => name.startsWith('x-rate'))).toEqual([])
    outstand.context.clock.advance(199_000)
    expect((await call()).headers.get('retry-after')).toBe('1')
    outstand.context.clock.advance(1_000)
    expect((await call()).status).toBe(200)
  })

  it('says nothing of itself on success', async () => {
    const answer = await call()
    expect([...answer.headers.keys()].filter((name) => name.includes('rate'))).toEqual([])
  })

  it('is counted apart for each person', async () => {
    const other = await outstand.connect({ person: LENA })
    await callTimes(301)
    expect((await call({}, other.access_token)).status).toBe(200)
  })

  it('is 1,200 with the bypass token, and a made-up one changes nothing', async () => {
    const bypass = {
      'x-ratelimit-bypass': outstand.appNamed('sandbox-outstand-whitelabel').rateLimitBypass ?? '',
    }
    expect(await callTimes(300)).toBe(200)
    expect((await call({ 'x-ratelimit-bypass': 'made-up' })).status).toBe(429)
    expect(await callTimes(1_200, bypass)).toBe(200)
    expect((await call(bypass)).status).toBe(429)
  })

  it('can write Retry-After as a date, and can count token calls too', async () => {
    await outstand.run('rate-limit', { limit: 1, retryAfter: 'http_date', countsTokenCalls: true })
    await call()
    const end = new Date(startMs + 200_000).toUTCString()
    expect((await call()).headers.get('retry-after')).toBe(end)
    expect([(await outstand.token({})).status, (await outstand.token({})).status]).toEqual([400, 429])
  })

  it('does not count calls of the token endpoint unless told to', async () => {
    await outstand.run('rate-limit', { limit: 1 })
    expect([(await outstand.token({})).status, (await outstand.token({})).status]).toEqual([400, 400])
  })
})
