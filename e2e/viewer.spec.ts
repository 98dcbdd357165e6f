import { connectAs } from '../tests/product/connecting'
import { expect, personWith, test } from '../tests/product/journey'

test('a viewer sees everything and can change nothing', async ({ page, product, another }) => {
  const id = await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  const viewer = await another(await personWith('viewer', product))
  await viewer.goto(`/connections/${id}`)
  await expect(viewer.getByRole('heading', { level: 1, name: 'Joan Mercer' })).toBeVisible()
  for (const name of ['Refresh now', 'Check again', 'Reconnect', 'Open in Outstand', 'Disconnect']) {
    const button = viewer.getByRole('button', { name }).first()
    await expect(button).toHaveAttribute('aria-disabled', 'true')
    await expect(button).toHaveAccessibleName(/Needs the role admin/)
  }

  await test.step('nor by a request of his own', async () => {
    for (const path of ['/api/connect/outstand', `/api/connections/${id}/sso`]) {
      const answer = await viewer.evaluate(async (url) => {
        const sent = await fetch(url, { method: 'POST', body: new URLSearchParams(), redirect: 'follow' })
        return sent.url
      }, path)
      expect(answer).toContain('/connect/refused?why=')
    }
  })

  await test.step('nor reach what is for admins', async () => {
    await viewer.goto('/installs')
    await expect(viewer.getByRole('button', { name: 'Add install' })).toHaveAttribute('aria-disabled', 'true')
  })
})

test('nobody who is not signed in gets a page, an event or an action', async ({
  another,
  request,
  product,
}) => {
  const visitor = await another(null)
  for (const path of [
    '/',
    '/connections',
    '/installs',
    '/providers',
    '/settings',
    '/webhooks',
    '/rate-limits',
  ]) {
    await visitor.goto(path)
    await expect(visitor).toHaveURL(/\/sign-in/)
  }
  const events = await visitor.request.get('/api/events')
  expect([events.status(), await events.text()]).toEqual([204, ''])
  const forged = await request.post('/api/connect/outstand', {
    headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    form: {},
    maxRedirects: 0,
  })
  expect(forged.status()).toBe(403)
  expect((await product.database.query('SELECT 1 FROM connect_flow')).rowCount).toBe(0)
})
