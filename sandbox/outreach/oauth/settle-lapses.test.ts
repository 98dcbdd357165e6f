import { beforeEach, describe, expect, it } from 'vitest'
import { OWNING_ORG_ID, PEOPLE } from '../data/orgs'
import { INES, MIRA, startOutreach } from '../test-outreach'

const DAY_MS = 86_400_000
let t: ReturnType<typeof startOutreach>
beforeEach(() => {
  t = startOutreach()
})
const dev = () => t.appOf('sandbox-outreach-dev')
const prod = () => t.appOf('sandbox-outreach-prod')
const isAlive = async (refreshToken: string | undefined, app = dev()) =>
  (await t.refresh(app, refreshToken)).status === 200

describe('development grants', () => {
  it('end a week after consent for people of other companies, however often they were refreshed', async () => {
    const first = await t.connect(dev(), INES)
    t.context.clock.advance(6 * DAY_MS)
    const second = await t.read(await t.refresh(dev(), first.refresh_token))
    t.context.clock.advance(DAY_MS)
    const revoked = await t.api(second.access_token)
    expect([revoked.status, (await revoked.json()).error]).toEqual([401, 'Revoked JWT token.'])
    const dead = await t.refresh(dev(), second.refresh_token)
    expect([dead.status, (await dead.json()).error]).toEqual([400, 'invalid_grant'])
  })

  it('begin a new week when the app is authorised again', async () => {
    await t.connect(dev(), INES)
    t.context.clock.advance(8 * DAY_MS)
    const again = await t.connect(dev(), INES)
    t.context.clock.advance(6 * DAY_MS)
    expect(await isAlive(again.refresh_token)).toBe(true)
    t.context.clock.advance(DAY_MS)
    expect(await isAlive(again.refresh_token)).toBe(false)
  })

  it('go on for ten people of the owning company and end for the eleventh', async () => {
    const own = PEOPLE.filter((one) => one.orgId === OWNING_ORG_ID)
    const tokens: (string | undefined)[] = []
    for (const { email } of own.slice(0, 11)) {
      tokens.push((await t.connect(dev(), email)).refresh_token)
      t.context.clock.advance(1_000)
    }
    t.context.clock.advance(7 * DAY_MS)
    const alive = []
    for (const token of tokens) alive.push(await isAlive(token))
    expect(alive).toEqual([...Array(10).fill(true), false])
  })

  it('do not touch the production grants of the same people', async () => {
    const { refresh_token } = await t.connect(prod(), INES)
    await t.connect(dev(), INES)
    t.context.clock.advance(8 * DAY_MS)
    expect(await isAlive(refresh_token, prod())).toBe(true)
  })

  it('can be made to lapse now, for one person or for all', async () => {
    const mira = await t.connect(dev(), MIRA)
    const ines = await t.connect(dev(), INES)
    expect(await t.run('lapse', { person: INES })).toEqual({ people: 1, pairs: 1 })
    t.context.clock.advance(60_000)
    expect(await isAlive(ines.refresh_token)).toBe(false)
    expect(await isAlive(mira.refresh_token)).toBe(true)
    expect(await t.run('lapse')).toEqual({ people: 1, pairs: 2 })
  })

  it('are counted anew when a customer has revoked them', async () => {
    await t.connect(dev(), INES)
    await t.run('revoke', { app: 'sandbox-outreach-dev', person: INES })
    expect(t.outreach.overview()).toMatchObject({ lapses: [] })
  })

  it('show in the overview who will lapse and when', async () => {
    await t.connect(dev(), INES)
    await t.connect(dev(), MIRA)
    expect(t.outreach.overview()).toMatchObject({
      lapses: [{ person: INES, at: '2026-01-12T10:00:00.000Z' }],
    })
  })
})
