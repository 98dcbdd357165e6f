import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { type TestDeps, testDeps } from '../../tests/test-deps'
import { createDb } from '../db/client'
import { createPool } from '../db/pool'
import type { Deps } from '../deps'
import { createTestApp } from '../installs/testing/install-bench'
import { answerWebhook } from './answer-webhook'
import { webhookBytesMax } from './read-body'
import { envoyBody, envoyHeaders } from './testing/signed-webhooks'

let database: TestDatabase
let t: TestDeps
beforeAll(async () => {
  database = await testDatabase()
  t = await testDeps(database)
  await createTestApp(
    t.deps,
    {
      slug: 'envoy',
      provider: 'envoy',
      grants: ['plugin_install'],
      baseUrl: 'http://127.0.0.1:1',
      clientId: 'x',
    },
    { clientSecret: secret },
  )
})
afterAll(async () => {
  await t.close()
  await database.close()
})

const secret = 'client-secret-of-envoy'
const body = envoyBody({ pluginId: 'p', installId: '1', event: 'entry_sign_in' })
const send = (deps: Deps, sent: string) =>
  answerWebhook(deps, {
    provider: 'envoy',
    headers: new Headers(envoyHeaders(sent, secret)),
    body: new Response(sent).body,
    address: '203.0.113.1',
  })

it('reads the body as it comes', async () => {
  expect(await send(t.deps, body)).toEqual({ status: 200, body: {} })
})

it('answers 413 to a body over the cap', async () => {
  expect(await send(t.deps, 'x'.repeat(webhookBytesMax + 1))).toMatchObject({ status: 413 })
})

it('answers 503 while the database is down, and tells the log without a secret', async () => {
  const pool = createPool('postgresql://nobody@127.0.0.1:1/none', 1, () => {})
  const db = createDb(pool)
  const answer = await send({ ...t.deps, db }, body)
  await db.$disconnect()
  await pool.end()
  expect(answer).toMatchObject({ status: 503, body: { message: expect.any(String) } })
  const log = t.logLines.join('\n')
  expect(log).toContain('a webhook was not handled')
  expect(log).not.toContain(secret)
})

it('keeps an app whose secrets cannot be opened from stopping the others', async () => {
  const broken = await createTestApp(
    t.deps,
    { slug: 'broken', provider: 'envoy', grants: ['plugin_install'], baseUrl: 'http://127.0.0.1:1' },
    {},
  )
  await t.deps.db.providerApp.update({
    where: { id: broken },
    data: { clientSecretSealed: 'pb1.none.AAAA', createdAt: new Date(0) },
  })
  const other = envoyBody({ pluginId: 'p', installId: '1', event: 'entry_sign_out' })
  expect(await send(t.deps, other)).toMatchObject({ status: 200 })
})
