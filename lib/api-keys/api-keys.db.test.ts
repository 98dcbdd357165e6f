import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestDeps, testDeps } from '../../tests/test-deps'
import { connected, makeWorld, type World } from '../connections/test-world'
import type { Secret } from '../core/secret'
import { apiKeyPage } from '../queries/api-key-page'
import { apiKeysPage } from '../queries/api-keys-page'
import { reachableConnections } from '../queries/reachable-connections'
import { changeKey } from './change-key'
import { createKey, type NewKey } from './create-key'
import { revokeKey } from './revoke-key'

/** Two processes on one database. */
let world: World
let other: TestDeps
let connectionId: string
beforeAll(async () => {
  const env = { ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}` }
  world = await makeWorld({ env })
  other = await testDeps({ url: world.deps.config.databaseUrl.reveal() }, env)
  connectionId = await connected(world)
})
afterAll(async () => {
  await other.close()
  await world.close()
})
beforeEach(() => other.deps.clock.set(world.deps.clock.now()))
afterEach(() => world.deps.db.apiKey.deleteMany())

const wanted: NewKey = {
  name: 'Nightly export',
  scopes: ['tokens:read'],
  providers: [],
  connectionIds: [],
  expiresAt: null,
  requestsPerMinute: null,
}
const make = (input: Partial<NewKey> = {}) => createKey(world.deps, world.admin, { ...wanted, ...input })
const show = (deps: World['deps'], key: Secret) => deps.keys.check(`Bearer ${key.reveal()}`)
const fault = (deps: World['deps'], key: Secret) => show(deps, key).then(String, (error: unknown) => error)
const invalid = (reason: string) => ({ code: 'key_invalid', detail: { reason } })

describe('an API key', () => {
  test('opens the door to whoever shows it, however the scheme is spelled', async () => {
    const { id, key } = await make({ scopes: ['proxy', 'tokens:read'], providers: ['outstand'] })
    for (const scheme of ['Bearer', 'bearer', 'BEARER ']) {
      expect(await world.deps.keys.check(`${scheme} ${key.reveal()}`)).toEqual({
        id,
        name: 'Nightly export',
        scopes: ['tokens:read', 'proxy'],
        providers: ['outstand'],
        connectionIds: [],
        requestsPerMinute: null,
        expiresAt: null,
      })
    }
  })

  test('is told from nothing, from something else, and from a key that was never made', async () => {
    const check = (header: string | null) => world.deps.keys.check(header)
    await expect(check(null)).rejects.toMatchObject(invalid('missing'))
    await expect(check('')).rejects.toMatchObject(invalid('missing'))
    await expect(check('Basic dXNlcjpwYXNz')).rejects.toMatchObject(invalid('malformed'))
    await expect(check(`Bearer pbk_${'a'.repeat(38)}`)).rejects.toMatchObject(invalid('malformed'))
    await expect(check(`Bearer pbk_${'a'.repeat(32)}4DEnU3`)).rejects.toMatchObject(invalid('unknown'))
    const { key } = await make()
    await expect(check(key.reveal())).rejects.toMatchObject(invalid('malformed'))
  })

  test('ends at its time, though it is known', async () => {
    const expiresAt = new Date(world.deps.clock.now().getTime() + 60_000)
    const { key } = await make({ expiresAt })
    await show(world.deps, key)
    world.deps.clock.set(expiresAt)
    await expect(show(world.deps, key)).rejects.toMatchObject(invalid('expired'))
  })

  test('is stored as a hash, and its text stands nowhere', async () => {
    const { id, key } = await make()
    await show(world.deps, key)
    const rows = await world.deps.db.$queryRaw<{ text: string }[]>`
      SELECT api_key::text AS text FROM api_key UNION ALL SELECT audit_event::text FROM audit_event`
    const written = [...rows.map(({ text }) => text), ...world.logLines].join('\n')
    expect(written).toContain(id)
    expect(written).not.toContain(key.reveal())
    expect(written).not.toContain(key.reveal().slice(10))
    expect(`${key} ${JSON.stringify({ key })}`).toBe('[redacted] {"key":"[redacted]"}')
  })
})

describe('a change of a key', () => {
  test('is an admin’s alone, and in the audit trail', async () => {
    const viewer = await world.makeUser('Vera', 'viewer')
    const { id } = await make({ connectionIds: [connectionId], requestsPerMinute: 60 })
    const forbidden = { code: 'forbidden' }
    await expect(createKey(world.deps, viewer, wanted)).rejects.toMatchObject(forbidden)
    await expect(revokeKey(world.deps, viewer, { keyId: id })).rejects.toMatchObject(forbidden)
    const change = { keyId: id, name: 'Hourly export', requestsPerMinute: null }
    await expect(changeKey(world.deps, viewer, change)).rejects.toMatchObject(forbidden)

    world.deps.clock.advance(1_000)
    await changeKey(world.deps, world.admin, change)
    world.deps.clock.advance(1_000)
    await revokeKey(world.deps, world.admin, { keyId: id })
    await revokeKey(world.deps, world.admin, { keyId: id })
    const trail = await world.deps.db.auditEvent.findMany({
      where: { subjectId: id },
      orderBy: { id: 'asc' },
    })
    expect(trail).toMatchObject([
      {
        action: 'api_key.created',
        actorId: world.admin.id,
        detail: { scopes: ['tokens:read'], connectionIds: [connectionId], requestsPerMinute: 60 },
      },
      { action: 'api_key.changed', subjectName: 'Hourly export', detail: { before: 'Nightly export' } },
      { action: 'api_key.revoked', subjectName: 'Hourly export' },
    ])
    await expect(changeKey(world.deps, world.admin, change)).rejects.toMatchObject({ code: 'conflict' })
    const unknown = { code: 'not_found' }
    await expect(revokeKey(world.deps, world.admin, { keyId: 'apk_none' })).rejects.toMatchObject(unknown)
  })

  test('is refused with the field that is wrong, and then nothing is made', async () => {
    const refusals: [string, object][] = [
      ['name', { name: ' ' }],
      ['name', { name: 'two\nlines' }],
      ['scopes', { scopes: [] }],
      ['scopes', { scopes: ['everything'] }],
      ['providers', { providers: ['somebody'] }],
      ['connectionIds', { connectionIds: ['con_none'] }],
      ['expiresAt', { expiresAt: world.deps.clock.now() }],
      ['requestsPerMinute', { requestsPerMinute: 0 }],
      ['requestsPerMinute', { requestsPerMinute: 1.5 }],
    ]
    for (const [field, input] of refusals) {
      const made = createKey(world.deps, world.admin, { ...wanted, ...input })
      await expect(made).rejects.toMatchObject({ code: 'invalid_input', detail: { field } })
    }
    expect(await world.deps.db.apiKey.count()).toBe(0)
  })
})

describe('two processes', () => {
  test('both refuse a key that one of them revoked, though the other knew it well', async () => {
    const { id, key } = await make()
    await Promise.all([show(world.deps, key), show(other.deps, key)])
    await revokeKey(world.deps, world.admin, { keyId: id })
    await expect.poll(() => fault(other.deps, key)).toMatchObject(invalid('revoked'))
    await expect.poll(() => fault(world.deps, key)).toMatchObject(invalid('revoked'))
  })

  test('refuse a revoked key even when the news of it was lost with the connection', async () => {
    const { id, key } = await make()
    await show(other.deps, key)
    const heard: string[] = []
    const end = other.deps.events.subscribe((event) => heard.push(event.id))
    await world.deps.db.$queryRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'patchbay live events' AND datname = current_database()`
    await revokeKey(world.deps, world.admin, { keyId: id })
    await expect.poll(() => fault(other.deps, key)).toMatchObject(invalid('revoked'))
    await expect.poll(() => heard).toContain('*')
    await expect(show(other.deps, key)).rejects.toMatchObject(invalid('revoked'))
    await expect.poll(() => world.deps.events.isListening()).toBe(true)
    end()
  })

  test('together keep to the requests per minute of a key, and tell when the next one is possible', async () => {
    const minuteMs = 60_000
    const start = new Date(Math.ceil(world.deps.clock.now().getTime() / minuteMs) * minuteMs)
    const { key } = await make({ requestsPerMinute: 25 })
    for (const startMs of [start.getTime(), start.getTime() + minuteMs]) {
      const attempts = [world.deps, other.deps].flatMap((deps) => {
        deps.clock.set(new Date(startMs + 10_000))
        return Array.from({ length: 40 }, () => fault(deps, key))
      })
      const answers = await Promise.all(attempts)
      const refused = answers.filter((answer) => typeof answer !== 'string')
      expect(answers.length - refused.length).toBe(25)
      const retryAt = new Date(startMs + minuteMs).toISOString()
      for (const answer of refused)
        expect(answer).toMatchObject({ code: 'too_many_requests', detail: { limit: 25, retryAt } })
    }
    await changeKey(world.deps, world.admin, {
      keyId: (await world.deps.db.apiKey.findFirstOrThrow({ select: { id: true } })).id,
      name: 'Nightly export',
      requestsPerMinute: null,
    })
    await expect.poll(() => fault(other.deps, key)).toBe('[object Object]')
  })

  test('add up what keys read, one row for each key, connection and minute', async () => {
    const { id, key } = await make()
    const now = world.deps.clock.now()
    for (const { keys } of [world.deps, other.deps]) {
      await keys.check(`Bearer ${key.reveal()}`)
      for (let n = 0; n < 100; n += 1) keys.noteTokenRead(id, connectionId)
    }
    await Promise.all([world.deps.keys.flush(), other.deps.keys.flush()])
    expect(await world.deps.db.tokenRead.findMany({ where: { apiKeyId: id } })).toEqual([
      {
        apiKeyId: id,
        connectionId,
        minute: new Date(Math.floor(now.getTime() / 60_000) * 60_000),
        reads: 200,
      },
    ])
    expect(await world.deps.db.apiKey.findUnique({ where: { id } })).toMatchObject({ lastUsedAt: now })
  })

  test('write the last use of a connection once a minute at most', async () => {
    const { id } = await make()
    const lastUse = async () =>
      (await world.deps.db.connectionUse.findUniqueOrThrow({ where: { connectionId } })).lastUsedAt
    const use = async () => {
      for (const { keys } of [world.deps, other.deps]) keys.noteTokenRead(id, connectionId)
      await Promise.all([world.deps.keys.flush(), other.deps.keys.flush()])
    }
    const first = world.deps.clock.now()
    await use()
    expect(await lastUse()).toEqual(first)
    for (const { clock } of [world.deps, other.deps]) clock.advance(59_999)
    await use()
    expect(await lastUse()).toEqual(first)
    for (const { clock } of [world.deps, other.deps]) clock.advance(1)
    await use()
    expect(await lastUse()).toEqual(world.deps.clock.now())
  })
})

describe('the pages of keys', () => {
  test('tell what a key may do, what it did, and when it ends', async () => {
    const viewer = await world.makeUser('Victor', 'viewer')
    const days = (count: number) => new Date(world.deps.clock.now().getTime() + count * 86_400_000)
    const soon = await make({ name: 'Soon', connectionIds: [connectionId], expiresAt: days(6) })
    const revoked = await make({ name: 'Gone' })
    await revokeKey(world.deps, world.admin, { keyId: revoked.id })
    await show(world.deps, soon.key)
    for (let n = 0; n < 42; n += 1) world.deps.keys.noteTokenRead(soon.id, connectionId)
    await world.deps.keys.flush()
    for (const result of [200, 429, 'held'] as const)
      world.deps.usage.add({
        bucket: `outstand:connection:${connectionId}`,
        connectionId,
        apiKeyId: soon.id,
        method: 'GET',
        path: '/users',
        result,
        durationMs: 12,
        bytesUp: 0,
        bytesDown: 100,
      })
    await world.deps.usage.flush()

    const list = await apiKeysPage(world.deps, viewer)
    expect(list.mayManage).toBe(false)
    expect(list.current).toMatchObject([
      { name: 'Soon', state: 'expiring', createdBy: 'Root', lastUsedAt: world.deps.clock.now() },
    ])
    expect(list.ended).toMatchObject([{ name: 'Gone', state: 'revoked', revokedBy: 'Root' }])
    expect(JSON.stringify(list)).not.toContain('keyHash')

    const page = await apiKeyPage(world.deps, viewer, soon.id)
    const connection = { id: connectionId, name: page?.reach.connections[0]?.name }
    expect(connection.name).toContain('101')
    expect(page?.usage).toMatchObject({
      tokenReads: 42,
      calls: 3,
      held: 1,
      connections: 1,
      rows: [{ connection, tokenReads: 42, calls: 3, held: 1 }],
    })
    expect(page?.lastReads).toMatchObject([{ connection, reads: 42 }])
    expect(await apiKeyPage(world.deps, viewer, 'apk_none')).toBeNull()
  })

  test('find connections to limit a key to, for an admin', async () => {
    const found = await reachableConnections(world.deps, world.admin, 'user 101')
    expect(found).toMatchObject({
      connections: [{ id: connectionId, provider: 'outstand' }],
      hasMore: false,
    })
    const none = await reachableConnections(world.deps, world.admin, 'nobody of this name')
    expect(none).toEqual({ connections: [], hasMore: false })
    const viewer = await world.makeUser('Vito', 'viewer')
    await expect(reachableConnections(world.deps, viewer, '')).rejects.toMatchObject({ code: 'forbidden' })
  })
})
