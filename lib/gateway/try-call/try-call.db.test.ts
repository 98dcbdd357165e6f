import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/database'
import { type FakeAnswer, type FakeServer, fakeServer } from '../../../tests/fake-server'
import { type TestDeps, testDeps } from '../../../tests/test-deps'
import type { Actor, Role } from '../../core/actor'
import { newId } from '../../core/ids'
import { Secret } from '../../core/secret'
import { tryCall } from './try-call'

const token = 'access-token-in-clear'

let database: TestDatabase
let t: TestDeps
let provider: FakeServer
let answer: FakeAnswer
let connectionId: string
beforeAll(async () => {
  database = await testDatabase()
  t = await testDeps(database)
  provider = await fakeServer(() => answer)
  const id = (kind: 'connection' | 'providerApp') =>
    newId(kind, t.deps.clock.now().getTime(), t.deps.random.bytes(10))
  const appId = id('providerApp')
  connectionId = id('connection')
  const expires = new Date(t.deps.clock.now().getTime() + 7_200_000)
  await t.deps.db.providerApp.create({
    data: {
      id: appId,
      slug: 'desk',
      provider: 'outstand',
      environment: 'production',
      origin: 'settings',
      name: 'Desk',
      grants: ['oauth_code'],
      baseUrl: provider.origin,
    },
  })
  await t.deps.db.connection.create({
    data: {
      id: connectionId,
      provider: 'outstand',
      appId,
      grantKind: 'oauth_code',
      lifecycle: 'live',
      ownStatus: 'healthy',
      accountName: 'Joan Mercer',
      generation: 1,
      accessExpiresAt: expires,
      pair: {
        create: {
          generation: 1,
          obtainedBy: 'code',
          accessTokenSealed: t.deps.vault.seal(Secret.of(token), {
            table: 'token_pair',
            rowId: connectionId,
            field: 'access_token_sealed',
          }),
          accessFingerprint: '0123456789ab',
          obtainedAt: t.deps.clock.now(),
          accessExpiresAt: expires,
          firstUsedAt: t.deps.clock.now(),
        },
      },
    },
  })
})
afterAll(async () => {
  await provider.close()
  await t.close()
  await database.close()
})

function person(role: Role): Actor {
  return { kind: 'user', id: 'usr_1', name: 'Vera', email: 'vera@example.com', role, sessionId: 'ses_1' }
}

const attempt = (path: string, role: Role = 'admin') => tryCall(t.deps, person(role), { connectionId, path })

test('a trial shows status, limits and the redacted body, and stands in the audit trail without its query', async () => {
  answer = {
    status: 200,
    headers: { 'x-ratelimit-remaining': '12', 'x-internal': 'no' },
    body: [{ name: 'Joan', email: 'joan@example.com', oauth2_token: { access_token: token } }],
  }
  const tried = await attempt('/api/v1/contacts.json?per_page=1&email=joan@example.com')
  expect(tried).toMatchObject({ status: 200, isJson: true, cut: false, contentType: 'application/json' })
  expect(JSON.parse(tried.body ?? '')).toEqual([
    { name: 'Joan', email: '[removed]', oauth2_token: '[removed]' },
  ])
  const named = tried.headers.map(({ name }) => name)
  expect(named).toContain('x-ratelimit-remaining')
  expect(named).not.toContain('x-internal')
  expect(provider.calls.at(-1)).toMatchObject({ method: 'GET', path: '/api/v1/contacts.json' })
  expect(provider.calls.at(-1)?.headers.authorization).toBe(`Bearer ${token}`)
  const trail = await t.deps.db.auditEvent.findMany({ where: { action: 'connection.call_tried' } })
  expect(trail).toMatchObject([
    { actorId: 'usr_1', connectionId, detail: { path: 'api/v1/contacts.json', answer: '200' } },
  ])
  expect(JSON.stringify([tried, trail, t.logLines])).not.toContain(token)
})

test('a refusal of the provider is an answer too, and a long or strange body is not shown whole', async () => {
  answer = { status: 403, headers: { 'content-type': 'text/plain' }, body: 'No.' }
  expect(await attempt('/api/v1/contacts.json')).toMatchObject({ status: 403, body: 'No.', isJson: false })
  answer = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'word '.repeat(50_000) }
  const long = await attempt('/api/v1/contacts.json')
  expect(long).toMatchObject({ cut: true, bytes: 65_536 })
  expect(long.body).toHaveLength(65_536)
  answer = { status: 200, headers: { 'content-type': 'image/png' }, body: 'pixels' }
  expect(await attempt('/api/v1/logo.png')).toMatchObject({ body: null, bytes: 6 })
})

test('only admins try calls, and only below the provider’s API', async () => {
  const before = provider.calls.length
  await expect(attempt('/api/v1/contacts.json', 'viewer')).rejects.toMatchObject({ code: 'forbidden' })
  await expect(attempt('/oauth/token/info')).rejects.toMatchObject({ code: 'path_not_allowed' })
  await expect(attempt('api/v1/contacts.json')).rejects.toMatchObject({ code: 'invalid_input' })
  await expect(attempt('/api/v1/über')).rejects.toMatchObject({ code: 'invalid_input' })
  expect(provider.calls).toHaveLength(before)
})
