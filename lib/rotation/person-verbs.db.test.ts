import { afterEach, describe, expect, test } from 'vitest'
import { openInOutstand } from '../connections/open-in-outstand'
import { renameConnection } from '../connections/rename-connection'
import { setSso } from '../connections/set-sso'
import { connected, makeWorld, type World, writtenText } from '../connections/test-world'
import { bucketOf } from '../rate-limits/bucket'
import { checkAgain } from './check-again'
import { freshAccessToken } from './fresh-access-token'
import { refreshNow } from './refresh-now'
import { createSharedProbes } from './shared-probes'

let world: World

afterEach(() => world.close())

const hour = 3_600_000
const row = (id: string) => world.deps.db.connection.findUniqueOrThrow({ where: { id } })
const audits = (action: string) => world.deps.db.auditEvent.findMany({ where: { action } })

describe('Refresh now', () => {
  test('renews a pair that is still good, and says who asked', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    expect(await refreshNow(world.deps, world.admin, { connectionId: id })).toMatchObject({ kind: 'renewed' })
    expect(await row(id)).toMatchObject({ generation: 2 })
    expect(await audits('connection.refreshed')).toMatchObject([
      { actorId: world.admin.id, connectionId: id, detail: { result: 'renewed' } },
    ])
  })

  test('of Outreach waits out the minute between two mints', async () => {
    world = await makeWorld({ provider: 'outreach' })
    const id = await connected(world)
    world.deps.clock.advance(20_000)
    const retryAt = new Date(world.deps.clock.now().getTime() + 40_000)
    expect(await refreshNow(world.deps, world.admin, { connectionId: id })).toEqual({
      kind: 'throttled',
      retryAt,
    })
    expect(world.doorkeeper.tokenCalls('refresh_token')).toHaveLength(0)
    world.deps.clock.advance(40_000)
    expect(await refreshNow(world.deps, world.admin, { connectionId: id })).toMatchObject({ kind: 'renewed' })
    expect(await audits('connection.refreshed')).toHaveLength(1)
  })

  test('pressed twice at once makes one call', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    const press = () => refreshNow(world.deps, world.admin, { connectionId: id })
    const results = await Promise.all([press(), press(), press()])
    expect(results.map((result) => result.kind)).toEqual(['renewed', 'renewed', 'renewed'])
    expect(world.doorkeeper.tokenCalls('refresh_token')).toHaveLength(1)
  })

  test('needs an admin and a connection', async () => {
    world = await makeWorld({})
    const viewer = await world.makeUser('Vic', 'viewer')
    await expect(refreshNow(world.deps, viewer, { connectionId: 'con_x' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(refreshNow(world.deps, world.admin, { connectionId: 'con_x' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('Check again', () => {
  test('tries the stored token without spending a refresh', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    expect(await checkAgain(world.deps, world.admin, { connectionId: id })).toEqual({
      kind: 'alive',
      connectionId: id,
    })
    expect(world.doorkeeper.tokenCalls('refresh_token')).toHaveLength(0)
  })

  test('renews a token that was ended at the provider', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    const { accessToken } = await freshAccessToken(world.deps, id, { minTtlMs: 0 })
    const pair = world.doorkeeper.pairOf(accessToken.reveal())
    if (pair) pair.expiresAtMs = 0
    expect(await checkAgain(world.deps, world.admin, { connectionId: id })).toMatchObject({ kind: 'renewed' })
    expect(await row(id)).toMatchObject({ ownStatus: 'healthy' })
  })

  test('finds the grant dead when the provider has ended it', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    for (const pair of world.doorkeeper.pairs) pair.revoked = true
    expect(await checkAgain(world.deps, world.admin, { connectionId: id })).toMatchObject({
      kind: 'failed',
      outcome: 'terminal',
    })
    expect(await row(id)).toMatchObject({ ownStatus: 'needs_reconnect' })
  })

  test('brings a suspended connection back', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    await world.deps.db.connection.update({
      where: { id },
      data: { suspendedAt: world.deps.clock.now(), suspendedReason: 'org locked', ownStatus: 'suspended' },
    })
    await expect(freshAccessToken(world.deps, id, { minTtlMs: 0 })).rejects.toMatchObject({
      code: 'connection_suspended',
    })
    expect(await checkAgain(world.deps, world.admin, { connectionId: id })).toMatchObject({ kind: 'renewed' })
    expect(await row(id)).toMatchObject({ ownStatus: 'healthy', suspendedReason: null })
  })

  test('learns a name that was not told at first, and joins the account’s own connection', async () => {
    world = await makeWorld({})
    const first = await connected(world)
    world.doorkeeper.state.apiFaults.push({ kind: 'status', status: 500, body: '' })
    const unnamed = await connected(world)
    expect(unnamed).not.toBe(first)
    expect(await checkAgain(world.deps, world.admin, { connectionId: unnamed })).toEqual({
      kind: 'alive',
      connectionId: first,
    })
    expect(await world.deps.db.connection.findMany({ select: { id: true, generation: true } })).toEqual([
      { id: first, generation: 2 },
    ])
  })
})

describe('a fresh access token', () => {
  test('is read without a call while it lasts', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    const before = world.doorkeeper.calls.length
    const { accessToken, expiresAt } = await freshAccessToken(world.deps, id, { minTtlMs: hour })
    expect(world.doorkeeper.pairOf(accessToken.reveal())).toBeDefined()
    expect(expiresAt).not.toBeNull()
    expect(world.doorkeeper.calls).toHaveLength(before)
  })

  test('asked to last longer than half its life is not renewed for every caller', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    await freshAccessToken(world.deps, id, { minTtlMs: 100 * hour })
    expect(world.doorkeeper.tokenCalls('refresh_token')).toHaveLength(0)
  })

  test('is served while a renewal fails for a passing reason, and refused once it has ended', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    world.deps.clock.advance(1.8 * hour)
    world.doorkeeper.state.tokenFaults.push({ kind: 'status', status: 503, body: '' })
    const served = await freshAccessToken(world.deps, id, { minTtlMs: hour })
    expect(world.doorkeeper.pairOf(served.accessToken.reveal())?.revoked).toBe(false)
    world.deps.clock.advance(hour)
    world.doorkeeper.state.tokenFaults.push({ kind: 'status', status: 503, body: '' })
    await expect(freshAccessToken(world.deps, id, { minTtlMs: 0 })).rejects.toMatchObject({
      code: 'provider_unreachable',
    })
  })

  test('of a pair that nothing can renew ends with a call for its person', async () => {
    world = await makeWorld({})
    world.doorkeeper.state.refreshTokens = false
    const id = await connected(world)
    expect(await row(id)).toMatchObject({ ownStatus: 'healthy', nextAttemptAt: null })
    world.deps.clock.advance(3 * hour)
    await expect(freshAccessToken(world.deps, id, { minTtlMs: 0 })).rejects.toMatchObject({
      code: 'needs_reconnect',
    })
    expect(await row(id)).toMatchObject({ ownStatus: 'needs_reconnect', failureCode: 'no_refresh_token' })
    expect(world.doorkeeper.tokenCalls('refresh_token')).toHaveLength(0)
  })

  test('of an uncertain connection is the old one, as long as the provider takes it', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    await world.deps.db.connection.update({ where: { id }, data: { uncertainAt: world.deps.clock.now() } })
    expect((await freshAccessToken(world.deps, id, { minTtlMs: 0 })).accessToken).toBeDefined()
    for (const pair of world.doorkeeper.pairs) pair.revoked = true
    const elsewhere = { ...world.deps, probes: createSharedProbes() }
    await expect(freshAccessToken(elsewhere, id, { minTtlMs: 0 })).rejects.toMatchObject({
      code: 'connection_uncertain',
    })
  })

  test('of an uncertain connection costs one probe for all who read at once', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    await world.deps.db.connection.update({ where: { id }, data: { uncertainAt: world.deps.clock.now() } })
    const before = world.doorkeeper.calls.length
    await Promise.all(Array.from({ length: 200 }, () => freshAccessToken(world.deps, id, { minTtlMs: 0 })))
    expect(world.doorkeeper.calls).toHaveLength(before + 1)
  })
})

test('a development grant that ends after a week is told as the lapse that it is', async () => {
  world = await makeWorld({ provider: 'outreach', environment: 'development' })
  const id = await connected(world)
  world.deps.clock.advance(7 * 24 * hour)
  for (const pair of world.doorkeeper.pairs) pair.revoked = true
  await refreshNow(world.deps, world.admin, { connectionId: id })
  expect(await row(id)).toMatchObject({
    ownStatus: 'needs_reconnect',
    failureCode: 'development_grant_lapsed',
  })
})

describe('the limits', () => {
  test('of an Outreach user come from the headers', async () => {
    world = await makeWorld({ provider: 'outreach' })
    const id = await connected(world)
    await world.deps.permits.flush()
    const window = await world.deps.db.rateWindow.findUniqueOrThrow({
      where: { bucket: bucketOf(await row(id)) },
    })
    expect(window).toMatchObject({ bucket: 'outreach:user:Analytical:101', source: 'headers' })
    expect(window).toMatchObject({ limit: 10_000, remaining: 9_990, used: 10 })
  })

  test('of Outstand are counted by us, for a window each', async () => {
    world = await makeWorld({})
    world.deps.clock.set(new Date('2026-09-01T12:00:00Z'))
    const id = await connected(world)
    await checkAgain(world.deps, world.admin, { connectionId: id })
    const bucket = bucketOf(await row(id))
    const used = world.doorkeeper.calls.filter((call) => call.path !== '/oauth/token').length
    const window = async () => {
      await world.deps.permits.flush()
      return world.deps.db.rateWindow.findUniqueOrThrow({ where: { bucket } })
    }
    expect(await window()).toMatchObject({ source: 'own_count', limit: 300, used, remaining: 300 - used })
    world.deps.clock.advance(6 * 60_000)
    await checkAgain(world.deps, world.admin, { connectionId: id })
    expect(await window()).toMatchObject({ used: 1, remaining: 299 })
  })

  test('keep a 429 in mind', async () => {
    world = await makeWorld({})
    world.deps.clock.set(new Date('2026-09-01T12:00:00Z'))
    const id = await connected(world)
    world.doorkeeper.state.apiFaults.push({
      kind: 'status',
      status: 429,
      body: 'Retry later\n',
      retryAfter: '120',
    })
    await checkAgain(world.deps, world.admin, { connectionId: id })
    await world.deps.permits.flush()
    const window = await world.deps.db.rateWindow.findFirstOrThrow()
    expect(window).toMatchObject({ last429At: world.deps.clock.now() })
    expect(window.blockedUntil).toEqual(new Date('2026-09-01T12:02:00Z'))
  })
})

describe('Open in Outstand', () => {
  test('gives the form and a live token, and is in the trail without it', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    world.deps.clock.advance(3 * hour)
    const entry = await openInOutstand(world.deps, world.admin, { connectionId: id })
    expect(entry.action.href).toBe(`${world.doorkeeper.url}/sso`)
    expect(world.doorkeeper.pairOf(entry.accessToken.reveal())?.revoked).toBe(false)
    expect(await audits('connection.opened_in_outstand')).toHaveLength(1)
    expect(await writtenText(world)).not.toContain(entry.accessToken.reveal())
  })

  test('can be switched off, and is for admins and for Outstand', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    const viewer = await world.makeUser('Vic', 'viewer')
    await expect(openInOutstand(world.deps, viewer, { connectionId: id })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await setSso(world.deps, world.admin, { connectionId: id, enabled: false })
    await expect(openInOutstand(world.deps, world.admin, { connectionId: id })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await audits('connection.sso_forbidden')).toHaveLength(1)
    await world.deps.db.connection.update({ where: { id }, data: { provider: 'outreach', ssoEnabled: true } })
    await expect(openInOutstand(world.deps, world.admin, { connectionId: id })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

test('Rename shows the admin’s own name, and an empty one goes back', async () => {
  world = await makeWorld({})
  const id = await connected(world)
  await renameConnection(world.deps, world.admin, { connectionId: id, label: '  Sales  ' })
  expect(await row(id)).toMatchObject({ label: 'Sales' })
  await renameConnection(world.deps, world.admin, { connectionId: id, label: ' ' })
  expect(await row(id)).toMatchObject({ label: null })
  expect(await audits('connection.renamed')).toHaveLength(2)
  await expect(
    renameConnection(world.deps, world.admin, { connectionId: id, label: 'x'.repeat(121) }),
  ).rejects.toMatchObject({ code: 'invalid_input' })
})
