import { afterAll, beforeAll, expect, it } from 'vitest'
import { ada, connected, grace, makeWorld, type World } from '../connections/test-world'
import { reconnectClocks } from '../provider-apps/reconnect-clocks'
import { warnReconnect } from './warn-reconnect'

const dayMs = 24 * 60 * 60_000
let world: World
let first: string
let second: string
beforeAll(async () => {
  world = await makeWorld({ provider: 'outreach', environment: 'development' })
  first = await connected(world, ada)
  second = await connected(world, grace)
  await change(first, { consentAt: null })
  await change(second, { consentAt: null })
})
afterAll(() => world.close())

const inDays = (days: number) => new Date(world.deps.clock.now().getTime() + days * dayMs)
const change = (id: string, data: object) =>
  world.deps.db.connection.update({ where: { id }, data, select: { id: true } })
const told = () =>
  world.deps.db.notification.findMany({
    where: { kind: 'connection.reconnect_soon' },
    orderBy: { dedupeKey: 'asc' },
    select: { subjectId: true, detail: true },
  })

it('is silent about a refresh token that Patchbay is about to renew', async () => {
  await change(first, { refreshExpiresAt: inDays(2), nextAttemptAt: inDays(1) })
  expect(await warnReconnect(world.deps)).toBe(0)
  expect(await reconnectClocks(world.deps, { withinMs: 7 * dayMs, take: 9, stuckOnly: false })).toMatchObject(
    [{ connectionId: first, because: 'refresh_token', renewsItself: true, by: inDays(2) }],
  )
})

it('warns three days ahead of one whose renewals fail, once for each pair', async () => {
  await change(first, { refreshExpiresAt: inDays(3.1), ownStatus: 'retrying', retryingSince: inDays(-1) })
  expect(await warnReconnect(world.deps)).toBe(0)
  await change(first, { refreshExpiresAt: inDays(2.9) })
  expect(await warnReconnect(world.deps)).toBe(1)
  expect(await warnReconnect(world.deps)).toBe(0)
  expect(await told()).toEqual([
    {
      subjectId: first,
      detail: { provider: 'outreach', by: inDays(2.9).toISOString(), because: 'refresh_token' },
    },
  ])
  await change(first, { generation: 7 })
  expect(await warnReconnect(world.deps)).toBe(1)
})

it('warns of a grant without a refresh token, which ends with its access token', async () => {
  await change(second, { nextAttemptAt: null, refreshExpiresAt: null, accessExpiresAt: inDays(1) })
  expect(await warnReconnect(world.deps)).toBe(1)
  expect(await told()).toContainEqual({
    subjectId: second,
    detail: expect.objectContaining({ because: 'no_refresh_token' }),
  })
})

it('warns of a development grant of another organization, which lapses a week after consent', async () => {
  await world.deps.db.providerApp.update({
    where: { id: world.appId },
    data: { owningOrgId: '1' },
    select: { id: true },
  })
  await change(second, {
    externalOrgId: '2',
    consentAt: inDays(-4.5),
    nextAttemptAt: inDays(0.5),
    refreshExpiresAt: inDays(13),
    accessExpiresAt: inDays(0.1),
  })
  expect(await warnReconnect(world.deps)).toBe(1)
  expect(await told()).toContainEqual({
    subjectId: second,
    detail: { provider: 'outreach', by: inDays(2.5).toISOString(), because: 'development' },
  })
})

it('says nothing of accounts that need a person already', async () => {
  await change(first, { generation: 8, needsReconnectAt: inDays(0), ownStatus: 'needs_reconnect' })
  expect(await warnReconnect(world.deps)).toBe(0)
})
