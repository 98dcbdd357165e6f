import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { type TestDeps, testDeps } from '../../tests/test-deps'
import { createTestApp } from '../installs/testing/install-bench'
import { post } from './testing/signed-webhooks'

let database: TestDatabase
let t: TestDeps
let appId: string
const secret = 'outstand+webhook/secret=&%'

beforeAll(async () => {
  database = await testDatabase()
  t = await testDeps(database)
  appId = await createTestApp(
    t.deps,
    { slug: 'outstand', provider: 'outstand', grants: ['oauth_code'], baseUrl: 'http://127.0.0.1:1' },
    { webhookSecret: secret },
  )
})
afterAll(async () => {
  await t.close()
  await database.close()
})

const body = JSON.stringify({
  username: 'ada',
  status: 'suspended',
  oauth2_token: { access_token: 'hidden-token' },
})
function tell(id: string, algorithm: 'sha256' | 'sha512', sent = body, event = 'user_status') {
  const signature = `${algorithm}=${createHmac(algorithm, secret).update(sent).digest('hex')}`
  return post(t.deps, 'outstand', sent, {
    'x-outstand-event': event,
    'x-outstand-id': id,
    'x-outstand-signature': signature,
  })
}
const deliveries = () => t.deps.db.webhookDelivery.findMany({ where: { appId } })

it('stores and acknowledges an event under either algorithm, once per delivery id', async () => {
  for (const [id, algorithm] of [
    ['one', 'sha256'],
    ['two', 'sha512'],
    ['one', 'sha256'],
  ] as const) {
    expect(await tell(id, algorithm)).toEqual({ status: 200, body: {} })
  }
  const stored = (await deliveries()).sort((a, b) => (a.dedupeKey < b.dedupeKey ? -1 : 1))
  expect(stored).toMatchObject([
    { eventName: 'user_status', dedupeKey: 'one', repeats: 1, state: 'handled' },
    { eventName: 'user_status', dedupeKey: 'two', repeats: 0, state: 'handled' },
  ])
  expect(stored[0]?.body).toEqual({ username: 'ada', status: 'suspended', otherFields: ['oauth2_token'] })
})

it('refuses what is not signed, and what is signed by a weaker algorithm', async () => {
  const before = (await deliveries()).length
  const md5 = createHmac('md5', secret).update(body).digest('hex')
  const attempts: Record<string, string>[] = [
    {},
    { 'x-outstand-signature': `md5=${md5}` },
    { 'x-outstand-signature': 'sha256=' },
  ]
  for (const headers of attempts) {
    expect(
      await post(t.deps, 'outstand', body, { 'x-outstand-event': 'user_status', ...headers }),
    ).toMatchObject({ status: 401 })
  }
  expect((await deliveries()).length).toBe(before)
})

it('answers 400 to a signed body that is none', async () => {
  expect(await tell('three', 'sha256', '[1')).toMatchObject({ status: 400 })
})
