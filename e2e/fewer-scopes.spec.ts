import { allow, arrivedAt, connectAs } from '../tests/product/connecting'
import { expect, test } from '../tests/product/journey'
import { expectGoodPage } from '../tests/product/page-checks'

test('scopes that no call needed are left out of the next consent', async ({ page, product }) => {
  const id = await connectAs(page, product, 'sandbox-outreach-prod', 'Mira Solano')
  await page.goto(`/connections/${id}/scopes`)
  await expect(page.getByText(/^No call went through Patchbay in the last 30 days/)).toBeVisible()
  await product.database.query(
    `INSERT INTO usage_minute (minute, connection_id, api_key_id, method, route, bucket, ok)
     VALUES (date_trunc('minute', now()), $1, '', 'GET', '/api/v2/prospects/{id}', 'outreach:user:101:1001', 40)`,
    [id],
  )
  await page.reload()
  const card = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Scopes not used' }) })
  await expect(card).toContainText('accounts.read')
  await card.getByText('What to ask for').click()
  await expect(page.getByRole('checkbox', { name: 'prospects.read' })).toBeChecked()
  await expect(page.getByRole('checkbox', { name: 'accounts.read' })).not.toBeChecked()
  await expectGoodPage(page)
  await page.getByRole('button', { name: 'Reconnect with fewer' }).click()
  await allow(page)
  expect(await arrivedAt(page)).toBe(id)
  await expect
    .poll(async () => {
      const { rows } = await product.database.query('SELECT granted_scopes FROM connection WHERE id = $1', [
        id,
      ])
      return rows[0]?.granted_scopes
    })
    .toEqual(['prospects.read'])
})
