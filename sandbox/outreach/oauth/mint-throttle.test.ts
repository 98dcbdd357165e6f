import { beforeEach, describe, expect, it } from 'vitest'
import { INES, MIRA, startOutreach } from '../test-outreach'

let t: ReturnType<typeof startOutreach>
beforeEach(() => {
  t = startOutreach()
})
const prod = () => t.appOf('sandbox-outreach-prod')
const dev = () => t.appOf('sandbox-outreach-dev')

describe('one mint a minute for each user and app', () => {
  it('refuses the second with 429 in plain text, and spends nothing', async () => {
    const { refresh_token } = await t.connect(prod(), MIRA)
    const early = await t.refresh(prod(), refresh_token)
    expect(early.status).toBe(429)
    expect(early.headers.get('content-type')).toBe('text/plain')
    expect(early.headers.has('retry-after')).toBe(false)
    expect(await early.text()).toBe('Retry later\n')
    t.context.clock.advance(59_999)
    expect((await t.refresh(prod(), refresh_token)).status).toBe(429)
    t.context.clock.advance(1)
    expect((await t.refresh(prod(), refresh_token)).status).toBe(200)
  })

  it('holds for a code too, which stays good', async () => {
    await t.connect(prod(), MIRA)
    const code = await t.codeOf(prod(), MIRA)
    expect((await t.exchange(prod(), code)).status).toBe(429)
    t.context.clock.advance(60_000)
    expect((await t.exchange(prod(), code)).status).toBe(200)
  })

  it('does not hold across users, nor across apps', async () => {
    await t.connect(prod(), MIRA)
    expect((await t.connect(prod(), INES)).access_token).toBeDefined()
    expect((await t.connect(dev(), MIRA)).access_token).toBeDefined()
  })

  it('says nothing about the throttle to whom the token is refused anyway', async () => {
    await t.connect(prod(), MIRA)
    expect((await t.refresh(prod(), 'x')).status).toBe(400)
  })

  it('can say when to come back, and can be switched off', async () => {
    await t.run('settings', { mintRetryAfter: true })
    const { refresh_token } = await t.connect(prod(), MIRA)
    t.context.clock.advance(20_500)
    expect((await t.refresh(prod(), refresh_token)).headers.get('retry-after')).toBe('40')
    await t.run('settings', { mintThrottle: false })
    expect((await t.refresh(prod(), refresh_token)).status).toBe(200)
  })
})

it('keeps a hundred refresh tokens for each user and app, and drops the oldest', async () => {
  await t.run('settings', { mintThrottle: false })
  const first = await t.connect(prod(), MIRA)
  const second = await t.connect(prod(), MIRA)
  for (let made = 2; made < 101; made += 1) await t.connect(prod(), MIRA)
  expect((await t.refresh(prod(), first.refresh_token)).status).toBe(400)
  expect((await t.api(first.access_token)).status).toBe(401)
  expect((await t.refresh(prod(), second.refresh_token)).status).toBe(200)
})
