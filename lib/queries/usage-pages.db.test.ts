import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { type TestDeps, testDeps } from '../../tests/test-deps'
import type { Actor } from '../core/actor'
import { noCalls, totalCalls } from '../core/call-counts'
import { bucketRules } from '../rate-limits/bucket-rules'
import { slotAt } from '../rate-limits/slots'
import { overviewComingUp } from './overview-coming-up'
import { rateLimitsPage } from './rate-limits-page'
import { scopeUse } from './scope-use'
import { usageHistory } from './usage-history'

const viewer: Actor = {
  kind: 'user',
  id: 'usr_1',
  name: 'Vera',
  email: 'vera@example.com',
  role: 'viewer',
  sessionId: 'ses_1',
}
const now = new Date('2026-11-21T10:07:30Z')
const rules = bucketRules({ provider: 'outstand', agreed: null, bypassed: false })
const minutesAgo = (minutes: number) => new Date(Math.floor(now.getTime() / 60_000 - minutes) * 60_000)

let database: TestDatabase
let t: TestDeps
beforeAll(async () => {
  database = await testDatabase()
  t = await testDeps(database)
  t.deps.clock.set(now)
  await t.deps.db.providerApp.create({
    data: {
      id: 'app_1',
      slug: 'app-1',
      provider: 'outstand',
      environment: 'production',
      origin: 'settings',
      name: 'Desk',
      grants: ['oauth_code'],
      baseUrl: 'https://example.com',
    },
  })
  for (const [id, limit, used] of [
    ['con_a', 300, 290],
    ['con_b', 300, 30],
    ['con_c', 1000, 40],
  ] as const) {
    await t.deps.db.connection.create({
      data: {
        id,
        provider: 'outstand',
        appId: 'app_1',
        grantKind: 'oauth_code',
        lifecycle: 'live',
        accountName: `Account ${id}`,
        createdAt: minutesAgo(120),
      },
    })
    await t.deps.db.rateWindow.create({
      data: {
        bucket: bucketOf(id),
        provider: 'outstand',
        limit,
        used,
        remaining: limit - used,
        resetsAt: new Date(now.getTime() + (id === 'con_b' ? 60_000 : 200_000)),
        windowS: 300,
        slots: { [slotAt(rules, now.getTime())]: used },
        source: 'own_count',
        asOf: now,
        blockedUntil: id === 'con_c' ? new Date(now.getTime() + 30_000) : null,
      },
    })
  }
})
afterAll(async () => {
  await t.close()
  await database.close()
})

function bucketOf(connectionId: string): string {
  return `outstand:connection:${connectionId}`
}

type Minute = Partial<
  Record<
    'calls' | 'ok' | 'refused' | 'limited' | 'held' | 'failed' | 'bytesUp' | 'bytesDown' | 'durationMs',
    number
  >
> & { connectionId: string; minute: Date; apiKeyId?: string; method?: string; route?: string }

async function used(...minutes: Minute[]): Promise<void> {
  await t.deps.db.usageMinute.createMany({
    data: minutes.map((minute) => ({
      apiKeyId: '',
      method: 'GET',
      route: '/api/v1/contacts.json',
      bucket: bucketOf(minute.connectionId),
      ...minute,
    })),
  })
}

test('a connection’s calls are added up by time, route and key, and what came before it is a gap', async () => {
  await t.deps.db.apiKey.create({
    data: {
      id: 'apk_1',
      name: 'Nightly export',
      keyHash: 'hash',
      hint: 'pb_1',
      createdBy: 'usr_1',
      revokedAt: now,
    },
  })
  await t.deps.db.tokenRead.create({
    data: { minute: minutesAgo(3), apiKeyId: 'apk_1', connectionId: 'con_a', reads: 4 },
  })
  await used(
    {
      connectionId: 'con_a',
      minute: minutesAgo(1),
      ok: 6,
      limited: 1,
      held: 2,
      durationMs: 700,
      bytesDown: 5_000,
      apiKeyId: 'apk_1',
    },
    {
      connectionId: 'con_a',
      minute: minutesAgo(2),
      ok: 1,
      bytesUp: 10,
      method: 'POST',
      route: '/api/v1/contacts.json',
    },
    { connectionId: 'con_a', minute: minutesAgo(60), refused: 2, failed: 1, route: '/api/v1/profiles.json' },
    { connectionId: 'con_a', minute: minutesAgo(26 * 60), ok: 50 },
    { connectionId: 'con_b', minute: minutesAgo(1), ok: 9 },
  )
  const day = await usageHistory(t.deps, viewer, 'con_a', '24h')
  expect(day).toMatchObject({
    totals: { ok: 7, refused: 2, limited: 1, held: 2, failed: 1 },
    tokenReads: 4,
    routes: [
      { method: 'GET', route: '/api/v1/contacts.json', total: 9, meanMs: 100, bytes: 5_000 },
      { method: 'GET', route: '/api/v1/profiles.json', total: 3 },
      { method: 'POST', route: '/api/v1/contacts.json', total: 1, bytes: 10 },
    ],
    keys: [
      { key: { id: 'apk_1', name: 'Nightly export', isRevoked: true }, total: 9, share: 9 / 13 },
      { key: null, total: 4 },
    ],
  })
  expect(day?.bins).toHaveLength(96)
  expect(day?.bins.at(-1)).toEqual({
    from: new Date('2026-11-21T10:00:00Z'),
    to: new Date('2026-11-21T10:15:00Z'),
    calls: { ...noCalls, ok: 7, limited: 1, held: 2 },
  })
  // It was connected at 08:07, in the ninth bin from the end.
  expect(day?.bins.map(({ calls }) => calls && totalCalls(calls)).slice(-10)).toEqual([
    null,
    0,
    0,
    0,
    0,
    3,
    0,
    0,
    0,
    10,
  ])
  const month = await usageHistory(t.deps, viewer, 'con_a', '30d')
  expect(month?.bins).toHaveLength(30)
  expect(month?.bins.slice(-2).map(({ calls }) => calls?.ok)).toEqual([50, 7])
  expect(await usageHistory(t.deps, viewer, 'con_none', '24h')).toBeNull()
})

test('the minutes in which a limit was felt are told with their routes', async () => {
  expect((await usageHistory(t.deps, viewer, 'con_a', '24h'))?.refusals).toEqual([
    { minute: minutesAgo(1), limited: 1, held: 2, routes: ['GET /api/v1/contacts.json'] },
  ])
  expect((await usageHistory(t.deps, viewer, 'con_b', '24h'))?.refusals).toEqual([])
})

test('limits are listed in each order, filtered, and with what their last day was', async () => {
  const order = async (params: Record<string, string>) =>
    (await rateLimitsPage(t.deps, viewer, params)).rows.map((row) => row.connections[0]?.id)
  expect(await order({})).toEqual(['con_a', 'con_b', 'con_c'])
  expect(await order({ sort: 'used' })).toEqual(['con_c', 'con_b', 'con_a'])
  expect(await order({ sort: 'left' })).toEqual(['con_a', 'con_b', 'con_c'])
  expect(await order({ sort: 'resets' })).toEqual(['con_b', 'con_a', 'con_c'])
  expect(await order({ sort: '-refused' })).toEqual(['con_a', 'con_b', 'con_c'])
  expect(await order({ sort: 'empty' })).toEqual(['con_c', 'con_a', 'con_b'])
  expect(await order({ near: '1' })).toEqual(['con_a'])
  expect(await order({ provider: 'envoy' })).toEqual([])
  expect(await order({ sort: 'used', after: `100000~${bucketOf('con_b')}` })).toEqual(['con_a'])

  const { rows } = await rateLimitsPage(t.deps, viewer, {})
  // 8 calls in 15 minutes come back as they grow old.
  expect(rows[0]).toMatchObject({
    usage: { recent: 8, limited: 1, held: 2 },
    empties: { kind: 'not_at_this_pace' },
    agreedLimitMissing: false,
    view: { used: 290, remaining: 10 },
  })
  expect(rows[0]?.usage.hourly.slice(-2)).toEqual([3, 8])
  expect(rows[2]).toMatchObject({
    empties: { kind: 'held' },
    view: { blockedUntil: new Date(now.getTime() + 30_000) },
  })
})

test('what a window has left behind counts no more, neither in the order nor in the time to empty', async () => {
  const shared = { lifecycle: 'live', grantKind: 'oauth_code', appId: 'app_1' } as const
  const windows = [
    {
      id: 'con_burst',
      provider: 'outstand' as const,
      window: {
        limit: 300,
        used: 286,
        remaining: 14,
        source: 'own_count' as const,
        windowS: 300,
        // Nearly all calls came six minutes ago, one a minute ago: that one keeps the row from lapsing.
        slots: { [slotAt(rules, now.getTime() - 360_000)]: 285, [slotAt(rules, now.getTime() - 60_000)]: 1 },
        resetsAt: new Date(now.getTime() + 240_000),
        asOf: new Date(now.getTime() - 60_000),
      },
    },
    {
      id: 'con_reset',
      provider: 'outreach' as const,
      window: {
        limit: 10_000,
        used: 10_000,
        remaining: 0,
        source: 'headers' as const,
        windowS: 3_600,
        resetsAt: new Date(now.getTime() - 300_000),
        asOf: new Date(now.getTime() - 600_000),
      },
    },
    {
      id: 'con_open',
      provider: 'envoy' as const,
      window: {
        limit: null,
        used: 3,
        remaining: null,
        source: 'own_count' as const,
        windowS: 3_600,
        slots: {},
        resetsAt: new Date(now.getTime() + 240_000),
        asOf: now,
      },
    },
  ]
  for (const { id, provider, window } of windows) {
    await t.deps.db.connection.create({ data: { ...shared, id, provider, accountName: `Account ${id}` } })
    await t.deps.db.rateWindow.create({
      data: { bucket: `${provider}:connection:${id}`, provider, ...window },
    })
  }
  const page = (params: Record<string, string>) => rateLimitsPage(t.deps, viewer, params)
  const order = async (params: Record<string, string>) =>
    (await page(params)).rows.map((row) => row.connections[0]?.id)
  try {
    expect(await order({ near: '1' })).toEqual(['con_a'])
    expect(await order({ sort: 'empty', provider: 'outreach' })).toEqual(['con_reset'])
    expect((await order({ sort: 'empty' })).slice(0, 2)).toEqual(['con_c', 'con_a'])
    // What has no limit is as far from its end as can be.
    expect((await order({ sort: 'left' })).at(-1)).toBe('con_open')
    expect((await order({ sort: '-empty' }))[0]).toBe('con_open')
    const { rows } = await page({ provider: 'outreach' })
    expect(rows[0]).toMatchObject({ view: { stale: true, remaining: 0 }, empties: { kind: 'no_calls' } })
    expect((await overviewComingUp(t.deps)).nearLimits.map((row) => row.bucket)).toEqual([bucketOf('con_a')])
  } finally {
    const ids = windows.map(({ id }) => id)
    await t.deps.db.connection.deleteMany({ where: { id: { in: ids } } })
    await t.deps.db.rateWindow.deleteMany({
      where: { bucket: { in: windows.map(({ id, provider }) => `${provider}:connection:${id}`) } },
    })
  }
})

test('a bypass header without its agreed limit is told, and nearly used limits come up on the overview', async () => {
  await t.deps.db.providerApp.update({ where: { id: 'app_1' }, data: { rateLimitBypassSealed: 'sealed' } })
  const { rows } = await rateLimitsPage(t.deps, viewer, {})
  expect(rows.map((row) => row.agreedLimitMissing)).toEqual([true, true, true])
  const { nearLimits } = await overviewComingUp(t.deps)
  expect(nearLimits.map((row) => row.bucket)).toEqual([bucketOf('con_a')])
})

test('granted scopes that no call needed are told, unless there is too little to tell by', async () => {
  await t.deps.db.providerApp.create({
    data: {
      id: 'app_2',
      slug: 'app-2',
      provider: 'outreach',
      environment: 'production',
      origin: 'settings',
      name: 'Pipeline',
      grants: ['oauth_code'],
      baseUrl: 'https://example.com',
      scopes: ['prospects.all', 'accounts.read'],
    },
  })
  await t.deps.db.connection.create({
    data: {
      id: 'con_o',
      provider: 'outreach',
      appId: 'app_2',
      grantKind: 'oauth_code',
      lifecycle: 'live',
      accountName: 'Ann',
      scopesReported: true,
      grantedScopes: ['prospects.all', 'accounts.read', 'scim'],
      requestedScopes: ['prospects.all', 'accounts.read', 'no.longer'],
    },
  })
  const use = () => scopeUse(t.deps, viewer, 'con_o')
  const prospects = { connectionId: 'con_o', route: '/api/v2/prospects/{id}' }
  await used(
    { ...prospects, minute: minutesAgo(5), ok: 12 },
    // Held back before it was called, so it needed nothing.
    { connectionId: 'con_o', minute: minutesAgo(5), held: 40, route: '/api/v2/accounts' },
  )
  expect(await use()).toEqual({ kind: 'too_few', calls: 12, callsMin: 20 })
  await used({ ...prospects, minute: minutesAgo(90), ok: 7, refused: 1, method: 'PATCH' })
  expect(await use()).toEqual({
    kind: 'known',
    since: minutesAgo(90),
    calls: 20,
    unused: ['accounts.read'],
    broader: [{ scope: 'prospects.all', instead: ['prospects.read', 'prospects.write'] }],
    notJudged: ['scim'],
    choices: [
      { scope: 'prospects.all', needed: true },
      { scope: 'accounts.read', needed: false },
    ],
  })
  // Its route was one too many in its minute: it may have needed accounts.
  await used(
    { connectionId: 'con_o', minute: minutesAgo(80), ok: 3, route: 'other' },
    { connectionId: 'con_o', minute: minutesAgo(80), ok: 2, route: 'other', method: 'POST' },
  )
  expect(await use()).toEqual({ kind: 'routes_not_kept', calls: 5 })
  await t.deps.db.tokenRead.create({
    data: { minute: minutesAgo(3), apiKeyId: 'apk_1', connectionId: 'con_o', reads: 2 },
  })
  expect(await use()).toEqual({ kind: 'token_reads', reads: 2 })
  expect(await scopeUse(t.deps, viewer, 'con_a')).toBeNull()
})
