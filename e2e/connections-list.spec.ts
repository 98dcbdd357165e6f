import { connectAs, expectStatus } from '../tests/product/connecting'
import { expect, test } from '../tests/product/journey'

test('the list is searched and filtered, and its address says how', async ({
  page,
  product,
  sandbox,
  another,
  owner,
}) => {
  await page.goto('/connections')
  await expect(page.getByText('No account is connected yet')).toBeVisible()
  await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  await connectAs(page, product, 'sandbox-outreach-prod', 'Mira Solano')
  await connectAs(page, product, 'sandbox-envoy-oauth', 'Dana Whitfield')
  await page.goto('/connections')
  const rows = page.getByRole('table').getByRole('row')
  await expect(rows).toHaveCount(4)

  await test.step('search', async () => {
    await page.getByRole('searchbox', { name: 'Search connections' }).fill('mira')
    await expect(page).toHaveURL(/[?&]q=mira/)
    await expect(rows).toHaveCount(2)
    await expect(rows.nth(1)).toContainText('Mira Solano')
  })

  await test.step('a search that finds nothing offers the way back', async () => {
    await page.getByRole('searchbox', { name: 'Search connections' }).fill('nobody at all')
    await expect(page.getByText('No connection fits')).toBeVisible()
    await page.getByRole('link', { name: 'Clear filters' }).last().click()
    await expect(rows).toHaveCount(4)
  })

  await test.step('filter, in the address, for another browser too', async () => {
    await page.getByRole('button', { name: /^Provider/ }).click()
    await page
      .getByRole('list', { name: 'Provider: choices' })
      .getByRole('link', { name: /Outreach/ })
      .click()
    await expect(rows).toHaveCount(2)
    const elsewhere = await another(owner)
    await elsewhere.goto(page.url())
    await expect(elsewhere.getByRole('table').getByRole('row')).toHaveCount(2)
    await page.goBack()
    await expect(rows).toHaveCount(4)
  })
  expect(await sandbox.tokenCalls('outreach')).toHaveLength(1)
})

test('what changes elsewhere shows in a second window without a reload', async ({
  page,
  product,
  sandbox,
  another,
  owner,
}) => {
  const list = await another(owner)
  await list.goto('/connections')
  await expect(list.getByText('No account is connected yet')).toBeVisible()
  await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  const row = list.getByRole('row').filter({ hasText: 'Joan Mercer' })
  await expect(row).toContainText('Healthy')
  await sandbox.act('outstand', 'revoke', { app: 'sandbox-outstand' })
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expectStatus(page, 'Needs reconnect')
  await expect(row).toContainText('Needs reconnect')
})

test('two presses are one call', async ({ page, product, sandbox }) => {
  await page.goto(`/providers`)
  await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  await sandbox.act('outstand', 'slow', { ms: 1_500 })
  await page.getByRole('button', { name: 'Refresh now' }).dblclick()
  await expect(page.getByText('The token was renewed.')).toBeVisible()
  const kinds = (await sandbox.tokenCalls('outstand')).map(({ grantType }) => grantType)
  expect(kinds).toEqual(['authorization_code', 'refresh_token'])
})

test('two presses of Connect are one flow', async ({ page, product }) => {
  const { rows } = await product.database.query(`SELECT id FROM provider_app WHERE slug = 'sandbox-outstand'`)
  await page.goto(`/providers/${rows[0].id}`)
  await page.getByRole('button', { name: /^Connect/ }).dblclick()
  await expect(page.getByRole('heading', { name: 'Sign in to Outstand' })).toBeVisible()
  expect((await product.database.query('SELECT 1 FROM connect_flow')).rowCount).toBe(1)
})
