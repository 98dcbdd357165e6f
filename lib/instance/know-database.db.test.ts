import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { copyOf, type DatabaseCopy } from '../../tests/copy-database'
import { disconnectConnection } from '../connections/disconnect-connection'
import { ada, connected, grace, makeWorld, type World } from '../connections/test-world'
import { createStatements } from '../db/named-statements'
import { createPool } from '../db/pool'
import { runDue } from '../renewal/testing/run-due'
import { checkAgain } from '../rotation/check-again'
import { freshAccessToken } from '../rotation/fresh-access-token'
import { refreshNow } from '../rotation/refresh-now'
import { readDatabaseFacts } from './database-facts'
import { knowDatabase } from './know-database'
import { letDatabaseGoOn } from './let-database-go-on'

let world: World
let copy: DatabaseCopy | null = null

afterEach(async () => {
  await copy?.close()
  copy = null
  await world.close()
})

const hour = 3_600_000
const env = {
  APP_URL: 'https://patchbay.example.com',
  ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
}
const row = (deps: World['deps'], id: string) => deps.db.connection.findUniqueOrThrow({ where: { id } })
const identity = (deps: World['deps']) => deps.db.instanceIdentity.findUniqueOrThrow({ where: { id: 1 } })
const announced = (deps: World['deps']) => deps.db.notification.findMany({ where: { kind: 'database.held' } })
const audited = async (deps: World['deps']) =>
  (await deps.db.auditEvent.findMany({ where: { subjectId: 'database' }, orderBy: { id: 'asc' } })).map(
    ({ action }) => action,
  )
const renewals = () => world.doorkeeper.tokenCalls('refresh_token').length

/** An installation that runs, and knows its database. */
async function original(mode: 'first_use' | 'at_once' = 'first_use'): Promise<void> {
  world = await makeWorld({ env, mode })
  expect(await knowDatabase(world.deps)).toBeNull()
}

/** Its database, restored and started beside it. */
async function startCopy(settings: Record<string, string> = {}): Promise<World['deps']> {
  copy = await copyOf(world.deps, { ...env, ...settings })
  await knowDatabase(copy.deps)
  return copy.deps
}

/** The same database, started with another APP_URL. */
const startedAt = (appUrl: string) => ({
  ...world.deps,
  config: { ...world.deps.config, appUrl: new URL(appUrl) },
})

describe('a start', () => {
  test('for the first time writes down what the database is, and holds nothing', async () => {
    await original()
    expect(await identity(world.deps)).toMatchObject({
      systemIdentifier: expect.stringMatching(/^\d+$/),
      appUrl: env.APP_URL,
      heldAt: null,
    })
    expect(await knowDatabase(world.deps)).toBeNull()
    expect(await audited(world.deps)).toEqual([])
  })

  test('of several processes at once writes it once, and a copy is announced once', async () => {
    world = await makeWorld({ env })
    const starts = (deps: World['deps']) => Promise.all([1, 2, 3, 4].map(() => knowDatabase(deps)))
    expect(await starts(world.deps)).toEqual([null, null, null, null])
    const moved = startedAt('https://staging.example.com')
    const holds = await starts(moved)
    expect(new Set(holds.map((hold) => hold?.since.getTime())).size).toBe(1)
    expect(await announced(world.deps)).toHaveLength(1)
    expect(await audited(world.deps)).toEqual(['database.held'])
  })

  test('of a copy holds, in words that tell what differs and where it runs', async () => {
    await original()
    const deps = await startCopy({ APP_URL: 'https://staging.example.com' })
    const { heldAt, heldReason } = await identity(deps)
    expect(heldAt).toEqual(deps.clock.now())
    expect(heldReason).toMatch(
      /^The number \(oid\) of the database was \d+ and is \d+: it was restored or copied\./,
    )
    expect(heldReason).toContain(
      'APP_URL was https://patchbay.example.com and is https://staging.example.com.',
    )
    expect(await announced(deps)).toMatchObject([
      { subjectKind: 'instance', detail: { address: 'https://staging.example.com', reason: heldReason } },
    ])
    expect(copy?.logLines.join('\n')).toContain('the database is a copy: rotations are held')
    expect(await identity(world.deps)).toMatchObject({ heldAt: null })
  })

  test('of a copy again keeps since when it is held, and says nothing twice', async () => {
    await original()
    const deps = await startCopy()
    const { heldAt } = await identity(deps)
    deps.clock.advance(hour)
    expect(await knowDatabase(deps)).toMatchObject({ since: heldAt })
    expect(await announced(deps)).toHaveLength(1)
  })

  test('with another APP_URL holds, and the next one with the old APP_URL lifts the hold by itself', async () => {
    await original()
    const hold = await knowDatabase(startedAt('https://tokens.example.com'))
    expect(hold?.reason).toContain('If you have only changed APP_URL, press Go on.')
    world.deps.clock.advance(60_000)
    expect(await knowDatabase(world.deps)).toBeNull()
    expect(await identity(world.deps)).toMatchObject({ heldAt: null, heldReason: null, appUrl: env.APP_URL })
    expect(await audited(world.deps)).toEqual(['database.held', 'database.hold_lifted'])
  })

  test('where the server keeps its system identifier to itself compares the rest', async () => {
    await original()
    const role = `limited_${randomBytes(4).toString('hex')}`
    const { db, config } = world.deps
    await db.$executeRawUnsafe(`CREATE ROLE ${role}`)
    await db.$executeRawUnsafe('REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC')
    const url = new URL(config.databaseUrl.reveal())
    url.searchParams.set('options', `-c role=${role}`)
    const pool = createPool(url.href, 1, () => {})
    try {
      const sql = createStatements(pool)
      const { systemIdentifier, databaseOid } = await readDatabaseFacts({ sql, config })
      expect(systemIdentifier).toBe('unknown')
      expect(databaseOid).toBe((await identity(world.deps)).databaseOid)
    } finally {
      await pool.end()
      await db.$executeRawUnsafe(`DROP ROLE ${role}`)
    }
  })

  test('on this machine with another port goes on', async () => {
    world = await makeWorld({ env: { ...env, APP_URL: 'http://localhost:3000' } })
    await knowDatabase(world.deps)
    expect(await knowDatabase(startedAt('http://127.0.0.1:3100'))).toBeNull()
    expect(await identity(world.deps)).toMatchObject({ appUrl: 'http://127.0.0.1:3100' })
  })

  test('of a copied embedded database is told by where its files lie', async () => {
    world = await makeWorld({ env: { ...env, APP_URL: 'http://localhost:3000' } })
    const embedded = { ...world.deps, config: { ...world.deps.config, embedded: true } }
    await knowDatabase(embedded)
    const { dataFolder } = await identity(world.deps)
    expect(dataFolder).toMatch(/^\//)
    await world.deps.db.instanceIdentity.updateMany({ data: { dataFolder: '/elsewhere' } })
    const hold = await knowDatabase(embedded)
    expect(hold?.reason).toBe(
      `Its files were in /elsewhere and are in ${dataFolder}. If you have only moved them, press Go on.`,
    )
  })

  test('knows a database whose number needs all of its 32 bits', async () => {
    await original()
    await world.deps.db.instanceIdentity.updateMany({ data: { databaseOid: -1 } })
    const hold = await knowDatabase(world.deps)
    expect(hold?.reason).toContain('was 4294967295 and is ')
  })
})

describe('a copy beside the original', () => {
  test('spends no refresh token until a person says so, while the original goes on', async () => {
    await original()
    const [one, other] = [await connected(world, ada), await connected(world, grace)]
    const deps = await startCopy()
    deps.clock.advance(3 * hour)
    world.deps.clock.advance(3 * hour)

    expect(await runDue(deps)).toBe(2)
    await expect(freshAccessToken(deps, one, { minTtlMs: 60_000 })).rejects.toMatchObject({
      code: 'rotations_held',
    })
    expect(await refreshNow(deps, world.admin, { connectionId: one })).toMatchObject({
      kind: 'put_off',
      code: 'rotations_held',
    })
    expect(await checkAgain(deps, world.admin, { connectionId: other })).toMatchObject({
      kind: 'put_off',
      code: 'rotations_held',
    })
    deps.clock.advance(hour)
    await runDue(deps)
    expect(renewals()).toBe(0)
    expect(await deps.db.rotationJournal.count({ where: { cause: { not: 'connect' } } })).toBe(0)

    expect(await runDue(world.deps)).toBe(2)
    expect(renewals()).toBe(2)
    expect(await row(world.deps, one)).toMatchObject({ generation: 2, ownStatus: 'healthy' })
  })

  test('hands out tokens that still live', async () => {
    await original()
    const id = await connected(world)
    const deps = await startCopy()
    const read = await freshAccessToken(deps, id, { minTtlMs: 60_000 })
    expect(world.doorkeeper.pairOf(read.accessToken.reveal())).toBeDefined()
    expect(renewals()).toBe(0)
  })

  test('mints nothing for grants without a refresh token either', async () => {
    world = await makeWorld({ env, grants: ['client_credentials'] })
    await knowDatabase(world.deps)
    const deps = await startCopy()
    const minted = await deps.db.connection.create({
      data: {
        id: 'con_minting',
        appId: world.appId,
        provider: 'outstand',
        grantKind: 'client_credentials',
        lifecycle: 'live',
        ownStatus: 'healthy',
        accountName: 'Application',
        nextAttemptAt: deps.clock.now(),
      },
      select: { id: true },
    })
    expect(await runDue(deps)).toBe(1)
    expect(await refreshNow(deps, world.admin, { connectionId: minted.id })).toMatchObject({
      kind: 'put_off',
    })
    expect(world.doorkeeper.tokenCalls()).toHaveLength(0)
  })

  test('refuses to disconnect: the original’s grant is not revoked', async () => {
    await original()
    const id = await connected(world)
    const deps = await startCopy()
    for (const ms of [0, 3 * hour]) {
      deps.clock.advance(ms)
      await expect(disconnectConnection(deps, world.admin, { connectionId: id })).rejects.toMatchObject({
        code: 'rotations_held',
      })
    }
    expect(world.doorkeeper.calls.filter(({ path }) => path === '/oauth/revoke')).toHaveLength(0)
    expect(renewals()).toBe(0)
    expect(await row(deps, id)).toMatchObject({ lifecycle: 'live' })
  })

  test('connects an account anew: a new consent is its own', async () => {
    await original()
    const deps = await startCopy()
    expect(await connected({ ...world, deps })).toMatch(/^con_/)
  })
})

describe('Go on with this database', () => {
  test('tries each connection first: what the original has renewed becomes uncertain, the others go on', async () => {
    await original('at_once')
    const [renewed, left] = [await connected(world, ada), await connected(world, grace)]
    const deps = await startCopy()
    expect(await refreshNow(world.deps, world.admin, { connectionId: renewed })).toMatchObject({
      kind: 'renewed',
    })
    expect(renewals()).toBe(1)

    deps.clock.advance(60_000)
    await letDatabaseGoOn(deps, world.admin)
    expect(await identity(deps)).toMatchObject({ heldAt: null, heldReason: null })
    expect(await knowDatabase(deps)).toBeNull()
    expect(await audited(deps)).toEqual(['database.held', 'database.let_go_on'])
    for (const id of [renewed, left]) expect(await row(deps, id)).toMatchObject({ probeFirst: true })

    expect(await refreshNow(deps, world.admin, { connectionId: renewed })).toMatchObject({
      kind: 'failed',
      outcome: 'uncertain',
      code: 'renewed_elsewhere',
    })
    expect(renewals()).toBe(1)
    expect(await row(deps, renewed)).toMatchObject({
      ownStatus: 'uncertain',
      nextAttemptAt: null,
      generation: 1,
    })
    expect(await deps.db.notification.count({ where: { kind: 'connection.uncertain' } })).toBe(1)

    expect(await refreshNow(deps, world.admin, { connectionId: left })).toMatchObject({ kind: 'renewed' })
    expect(renewals()).toBe(2)
    expect(await row(deps, left)).toMatchObject({ generation: 2, probeFirst: false, ownStatus: 'healthy' })
    expect(await row(world.deps, renewed)).toMatchObject({ generation: 2, ownStatus: 'healthy' })
  })

  test('renews what fell due meanwhile within a minute', async () => {
    await original()
    const id = await connected(world)
    const deps = await startCopy()
    deps.clock.advance(3 * hour)
    world.deps.clock.advance(3 * hour)
    await runDue(deps)
    await letDatabaseGoOn(deps, world.admin)
    deps.clock.advance(60_000)
    expect(await runDue(deps)).toBe(1)
    expect(await row(deps, id)).toMatchObject({ generation: 2, ownStatus: 'healthy', probeFirst: false })
  })

  test('is an admin’s to press, and once', async () => {
    await original()
    const deps = await startCopy()
    const viewer = { ...world.admin, role: 'viewer' as const }
    await expect(letDatabaseGoOn(deps, viewer)).rejects.toMatchObject({ code: 'forbidden' })
    const presses = [letDatabaseGoOn(deps, world.admin), letDatabaseGoOn(deps, world.admin)]
    const outcomes = await Promise.allSettled(presses)
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(letDatabaseGoOn(deps, world.admin)).rejects.toMatchObject({ code: 'conflict' })
  })
})
