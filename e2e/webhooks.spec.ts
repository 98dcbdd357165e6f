import { arrivedAt, connectAs, expectStatus } from '../tests/product/connecting'
import { expect, test } from '../tests/product/journey'

const json = { 'content-type': 'application/json' }

test('a webhook without a signature, of any provider, is refused and stored nowhere', async ({
  request,
  product,
}) => {
  for (const provider of ['outreach', 'envoy', 'outstand']) {
    for (const data of ['{}', '{"meta":{"event":"plugin_uninstalled"}}', 'not json', '']) {
      const answer = await request.post(`/api/webhooks/${provider}`, { headers: json, data })
      expect(answer.status(), `${provider} ${data}`).toBe(401)
    }
  }
  expect((await request.post('/api/webhooks/nobody', { headers: json, data: '{}' })).status()).toBe(404)
  const { rows } = await product.database.query(
    `SELECT (SELECT count(*) FROM install)::int AS installs, (SELECT count(*) FROM connection)::int AS connections`,
  )
  expect(rows).toEqual([{ installs: 0, connections: 0 }])
})

test('a body of a megabyte is too large', async ({ request }) => {
  const answer = await request.post('/api/webhooks/outstand', {
    headers: json,
    data: 'x'.repeat(2 * 1024 * 1024),
  })
  expect(answer.status()).toBe(413)
})

test('a wrongly signed Outreach webhook ends nothing, a replayed one counts once', async ({
  page,
  sandbox,
}) => {
  const { open } = await sandbox.act('outreach', 'install', { org: 'harbourlane', order: 'webhook_first' })
  await page.goto(String(open))
  await arrivedAt(page)
  const deleted = { org: 'harbourlane', eventName: 'install.deleted' }
  for (const signature of ['wrong', 'missing']) {
    const delivery = await sandbox.act('outreach', 'send-event', { ...deleted, signature })
    expect(delivery).toMatchObject({ status: 401 })
  }
  await page.reload()
  await expectStatus(page, 'Healthy')
  const unknown = { org: 'harbourlane', eventName: 'install.polished', id: 'a-delivery-of-its-own' }
  for (let time = 0; time < 2; time++)
    expect(await sandbox.act('outreach', 'send-event', unknown)).toMatchObject({ status: 200 })
  await page.goto('/webhooks')
  await expect(page.getByRole('row').filter({ hasText: 'install.polished' })).toHaveCount(1)
})

test('Envoy webhooks of a wrong signature or an unknown plugin do nothing', async ({
  page,
  sandbox,
  product,
}) => {
  await sandbox.act('envoy', 'install', { person: '7001', location: '20012' })
  const installs = async () => (await product.database.query('SELECT id, state FROM install')).rows
  const before = await installs()
  for (const signing of ['wrong', 'short', 'missing']) {
    const answer = await sandbox.act('envoy', 'send-event', { event: 'plugin_uninstalled', signing })
    expect(answer).toMatchObject({ kind: 'answered', status: 401 })
  }
  const foreign = { event: 'plugin_uninstalled', pluginId: '00000000-0000-4000-8000-000000000000' }
  const answer = await sandbox.act('envoy', 'send-event', foreign)
  expect(answer).toMatchObject({ kind: 'answered', status: 404 })
  expect(await installs()).toEqual(before)
  await sandbox.act('envoy', 'resend-route')
  expect(await sandbox.tokenCalls('envoy')).toHaveLength(1)
  await page.goto('/webhooks')
  await expect(page.getByRole('heading', { level: 1, name: 'Webhooks' })).toBeVisible()
})

test('Outstand webhooks: spoilt ones are refused, a replay is taken once', async ({
  page,
  product,
  sandbox,
}) => {
  await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  const person = 'joan@mercer-realty.example'
  const stored = async () =>
    (await product.database.query(`SELECT 1 FROM webhook_delivery WHERE provider = 'outstand'`)).rowCount
  await sandbox.act('outstand', 'send-webhook', { person, id: 'evt-1' })
  await expect.poll(stored).toBe(1)
  for (const spoil of ['wrong_signature', 'no_signature', 'cut_body'])
    await sandbox.act('outstand', 'send-webhook', { person, spoil })
  await sandbox.act('outstand', 'send-webhook', { person, id: 'evt-1' })
  await sandbox.act('outstand', 'send-webhook', { person, id: 'evt-2' })
  await expect.poll(stored).toBe(2)
})
