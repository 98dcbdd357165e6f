import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { type TestDeps, testDeps } from '../../tests/test-deps'
import type { Actor, Role } from '../core/actor'
import { newId } from '../core/ids'
import { Secret } from '../core/secret'
import { connectionHistory, historyPageSize } from './connection-history'
import { connectionPage } from './connection-page'
import { connectionScopes } from './connection-scopes'
import { connectionToken } from './connection-token'
import { connectionUsage } from './connection-usage'

const minuteMs = 60_000
const secrets = ['access-token-in-clear', 'refresh-token-in-clear']

let database: TestDatabase
let t: TestDeps
beforeAll(async () => {
  database = await testDatabase()
  t = await testDeps(database)
})
afterAll(async () => {
  await t.close()
  await database.close()
})

function person(role: Role): Actor {
  return { kind: 'user', id: 'usr_1', name: 'Vera', email: 'vera@example.com', role, sessionId: 'ses_1' }
}

function id(kind: 'connection' | 'providerApp' | 'journal' | 'audit' | 'apiKey'): string {
  return newId(kind, t.deps.clock.now().getTime(), t.deps.random.bytes(10))
}

type Facts = { connection?: object; app?: object; provider?: 'outreach' | 'envoy' | 'outstand' }

async function createConnection({ connection = {}, app = {}, provider = 'outreach' }: Facts = {}) {
  const [appId, connectionId] = [id('providerApp'), id('connection')]
  await t.deps.db.providerApp.create({
    data: {
      id: appId,
      slug: appId,
      provider,
      environment: 'production',
      origin: 'settings',
      name: 'Pipeline Sync',
      grants: ['oauth_code'],
      baseUrl: 'https://example.com',
      ...app,
    },
  })
  await t.deps.db.connection.create({
    data: {
      id: connectionId,
      provider,
      appId,
      grantKind: 'oauth_code',
      lifecycle: 'live',
      ownStatus: 'healthy',
      accountName: 'Ann Archer',
      ...connection,
    },
  })
  return connectionId
}

async function storeToken(connectionId: string): Promise<void> {
  const seal = (field: string, text: string) =>
    t.deps.vault.seal(Secret.of(text), { table: 'token_pair', rowId: connectionId, field })
  await t.deps.db.tokenPair.create({
    data: {
      connectionId,
      generation: 3,
      obtainedBy: 'refresh',
      accessTokenSealed: seal('access_token_sealed', 'access-token-in-clear'),
      refreshTokenSealed: seal('refresh_token_sealed', 'refresh-token-in-clear'),
      accessFingerprint: '0123456789ab',
      refreshFingerprint: 'ba9876543210',
      obtainedAt: t.deps.clock.now(),
    },
  })
}

describe('one connection', () => {
  it('is told under its label, with the mark of its app over its own status', async () => {
    const connectionId = await createConnection({
      connection: { label: 'Sales EU', needsReconnectAt: t.deps.clock.now(), ownStatus: 'needs_reconnect' },
      app: { faultAt: t.deps.clock.now(), faultWords: 'Client authentication failed', origin: 'sandbox' },
    })
    expect(await connectionPage(t.deps, person('viewer'), connectionId)).toMatchObject({
      name: 'Sales EU',
      account: { name: 'Ann Archer' },
      app: { isSandbox: true, faultWords: 'Client authentication failed' },
      status: { status: 'app_misconfigured', action: 'fix_app' },
      canAct: false,
    })
  })

  it.each(['con_unknown', '', 'a\0b', '../x', 'x'.repeat(500)])(
    'is nothing for the id %#',
    async (unknown) => {
      expect(await connectionPage(t.deps, person('owner'), unknown)).toBeNull()
    },
  )

  it('that waits after a reconnect leads to the choice of its flow', async () => {
    const renewed = await createConnection()
    const pending = await createConnection({
      connection: {
        lifecycle: 'pending',
        ownStatus: 'pending',
        pendingReason: 'other_account',
        replacesId: renewed,
      },
    })
    const { appId } = await t.deps.db.connection.findUniqueOrThrow({ where: { id: pending } })
    await t.deps.db.connectFlow.create({
      data: {
        id: 'flw_1',
        provider: 'outreach',
        appId,
        grantKind: 'oauth_code',
        userId: 'usr_1',
        outcome: 'other_account',
        resultId: pending,
        expiresAt: t.deps.clock.now(),
      },
    })
    expect((await connectionPage(t.deps, person('admin'), pending))?.pending).toEqual({
      kind: 'other_account',
      flowId: 'flw_1',
      replaces: { id: renewed, name: 'Ann Archer' },
    })
  })

  it('that was disconnected keeps the receipt of what was proved', async () => {
    const endedAt = t.deps.clock.now()
    const connectionId = await createConnection({
      connection: { lifecycle: 'disconnected', ownStatus: 'disconnected', endedAt, endedReason: 'By Ann' },
    })
    await t.deps.db.auditEvent.create({
      data: {
        id: id('audit'),
        at: endedAt,
        actorKind: 'user',
        actorName: 'Ann',
        action: 'connection.disconnected',
        subjectKind: 'connection',
        subjectId: connectionId,
        subjectName: 'Ann Archer',
        connectionId,
        detail: { revoked: 'not_confirmed', words: 'Outreach answered 503.' },
      },
    })
    expect((await connectionPage(t.deps, person('viewer'), connectionId))?.ended).toEqual({
      refused: false,
      reason: 'By Ann',
      receipt: { revoked: 'not_confirmed', words: 'Outreach answered 503.', at: endedAt, by: 'Ann' },
    })
  })
})

it('shows clocks and fingerprints of a token, and neither it nor its ciphertext', async () => {
  const connectionId = await createConnection()
  await storeToken(connectionId)
  const token = await connectionToken(t.deps, person('owner'), connectionId)
  const pages = [token, await connectionPage(t.deps, person('owner'), connectionId)]
  expect(token?.pair).toMatchObject({ generation: 3, accessFingerprint: '0123456789ab' })
  const text = JSON.stringify(pages)
  const { accessTokenSealed } = await t.deps.db.tokenPair.findUniqueOrThrow({
    where: { connectionId },
    select: { accessTokenSealed: true },
  })
  for (const secret of [...secrets, accessTokenSealed]) expect(text).not.toContain(secret)
})

it('tells which development grant lapses and when', async () => {
  const consentAt = t.deps.clock.now()
  const development = { environment: 'development', owningOrgId: 'org-own' }
  const foreign = await createConnection({
    app: development,
    connection: { consentAt, externalOrgId: 'org-other', externalAccountId: '7' },
  })
  expect((await connectionToken(t.deps, person('viewer'), foreign))?.development).toMatchObject({
    lapse: 'other_org',
    lapsesAt: new Date(consentAt.getTime() + 7 * 24 * 60 * minuteMs),
  })
  const own = await createConnection({
    app: development,
    connection: { consentAt, externalOrgId: 'org-own' },
  })
  expect((await connectionToken(t.deps, person('viewer'), own))?.development?.lapse).toBe('own_org')
})

it('groups scopes as the provider covers them, and says where none are reported', async () => {
  const requested = ['prospects.read', 'accounts.read']
  const connectionId = await createConnection({
    connection: { requestedScopes: requested, grantedScopes: ['prospects.all'], scopesReported: true },
  })
  const scopes = await connectionScopes(t.deps, person('viewer'), connectionId)
  expect(scopes?.groups.missing).toEqual(['accounts.read'])
  expect(scopes?.hint).toContain('Publish')
  const silent = await createConnection({ connection: { requestedScopes: requested } })
  expect((await connectionScopes(t.deps, person('viewer'), silent))?.groups).toMatchObject({
    granted: null,
    missing: [],
  })
})

describe('usage', () => {
  it('of Outreach is the person’s, and goes stale after a window', async () => {
    const who = { externalAccountId: '42', externalOrgId: 'org-1' }
    const [one, other] = [
      await createConnection({ connection: who }),
      await createConnection({ connection: who }),
    ]
    const asOf = t.deps.clock.now()
    await t.deps.db.rateWindow.create({
      data: {
        bucket: 'outreach:user:org-1:42',
        provider: 'outreach',
        limit: 10_000,
        used: 400,
        remaining: 9_600,
        source: 'headers',
        asOf,
      },
    })
    expect(await connectionUsage(t.deps, person('viewer'), one)).toMatchObject({
      rate: { limit: 10_000, used: 400, source: 'headers', stale: false },
      sharedWith: [{ id: other }],
    })
    t.deps.clock.advance(61 * minuteMs)
    expect((await connectionUsage(t.deps, person('viewer'), one))?.rate.stale).toBe(true)
  })

  it('that Patchbay counts itself begins anew with each window', async () => {
    const connectionId = await createConnection({ provider: 'outstand' })
    const bucket = `outstand:connection:${connectionId}`
    const now = t.deps.clock.now()
    const resetsAt = new Date(now.getTime() + minuteMs)
    await t.deps.db.rateWindow.create({
      data: {
        bucket,
        provider: 'outstand',
        limit: 300,
        used: 12,
        remaining: 288,
        resetsAt,
        source: 'own_count',
        asOf: now,
      },
    })
    expect((await connectionUsage(t.deps, person('viewer'), connectionId))?.rate).toMatchObject({ used: 12 })
    t.deps.clock.advance(2 * minuteMs)
    expect((await connectionUsage(t.deps, person('viewer'), connectionId))?.rate).toMatchObject({
      used: 0,
      limit: 300,
      resetsAt: null,
      stale: false,
    })
  })

  it('of Envoy is not published', async () => {
    const connectionId = await createConnection({ provider: 'envoy' })
    expect((await connectionUsage(t.deps, person('viewer'), connectionId))?.rate).toMatchObject({
      source: 'not_published',
      limit: null,
    })
  })
})

it('pages the history completely: calls, events and reads by the hour in one order, also within one instant', async () => {
  const connectionId = await createConnection()
  const start = t.deps.clock.now().getTime()
  const at = (index: number) => new Date(start - Math.floor(index / 7) * minuteMs)
  const count = 2 * historyPageSize
  const rotations = Array.from({ length: count }, (_, index) => ({
    id: id('journal'),
    connectionId,
    kind: 'refresh' as const,
    cause: 'due',
    generation: index,
    startedAt: at(index),
  }))
  const events = Array.from({ length: count }, (_, index) => ({
    id: id('audit'),
    at: at(index),
    actorKind: 'user',
    actorName: 'Ann',
    action: 'connection.renamed',
    subjectKind: 'connection',
    subjectId: connectionId,
    subjectName: 'Ann Archer',
    connectionId,
    detail: { before: null, after: 'Sales', scopes: ['a', 'b'] },
  }))
  await t.deps.db.rotationJournal.createMany({ data: rotations })
  await t.deps.db.auditEvent.createMany({ data: events })
  // Two keys, each in every minute of three hours.
  const hourMs = 60 * minuteMs
  const firstHour = Math.floor(start / hourMs) * hourMs - 3 * hourMs
  const keys = [id('apiKey'), id('apiKey')]
  await t.deps.db.tokenRead.createMany({
    data: keys.flatMap((apiKeyId) =>
      Array.from({ length: 180 }, (_, index) => ({
        apiKeyId,
        connectionId,
        minute: new Date(firstHour + index * minuteMs),
        reads: 2,
      })),
    ),
  })

  const seen: { id: string; atMs: number }[] = []
  for (let after: string | null = null; ; ) {
    const page = await connectionHistory(t.deps, person('viewer'), connectionId, after)
    seen.push(...page.rows.map((row) => ({ id: row.id, atMs: row.at.getTime() })))
    after = page.next
    if (after === null) break
  }
  expect(seen).toHaveLength(2 * count + 6)
  expect(new Set(seen.map((row) => row.id)).size).toBe(2 * count + 6)
  expect(seen.map((row) => row.atMs)).toEqual([...seen.map((row) => row.atMs)].sort((a, b) => b - a))
  const first = await connectionHistory(t.deps, person('viewer'), connectionId, 'nonsense')
  expect(first.first).toBe(true)
  const event = first.rows.find((row) => row.kind === 'event')
  expect(event?.kind === 'event' && event.event.detail).toEqual([
    { name: 'after', value: 'Sales' },
    { name: 'scopes', value: 'a, b' },
  ])
})
