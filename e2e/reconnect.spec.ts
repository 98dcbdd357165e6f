import { allow, arrivedAt, connectAs, expectStatus, signInAs } from '../tests/product/connecting'
import { expect, type Page, test } from '../tests/product/journey'
import type { TestProduct } from '../tests/product/test-product'

/** From a connection's page to the provider's consent, as somebody else. */
async function reconnectAs(page: Page, product: TestProduct, person: string): Promise<void> {
  await product.sandbox.act('outstand', 'end-sessions')
  await page.getByRole('button', { name: 'Reconnect', exact: true }).first().click()
  await signInAs(page, person)
  await allow(page)
  await expect(page.getByRole('heading', { level: 1, name: 'Another account came back' })).toBeVisible()
}

test('a lost grant is given again: same connection, same history', async ({ page, product, sandbox }) => {
  const id = await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  await sandbox.act('outstand', 'revoke', { app: 'sandbox-outstand' })
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expectStatus(page, 'Needs reconnect')
  await page.getByRole('button', { name: 'Reconnect', exact: true }).first().click()
  await allow(page)
  expect(await arrivedAt(page)).toBe(id)
  await expectStatus(page, 'Healthy')
  await page.goto(`/connections/${id}/history`)
  await expect(page.getByText(/reconnected/i).first()).toBeVisible()
  await expect(page.getByText(/connected/i).nth(1)).toBeVisible()
})

test('another account came back: added as new, both stand', async ({ page, product }) => {
  const id = await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  await reconnectAs(page, product, 'Samir Haddad')
  await page.getByRole('button', { name: 'Add as new' }).click()
  expect(await arrivedAt(page)).not.toBe(id)
  await page.goto('/connections')
  for (const name of ['Joan Mercer', 'Samir Haddad'])
    await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Healthy')
})

test('another account came back: it replaces the first on purpose', async ({ page, product }) => {
  const id = await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  await reconnectAs(page, product, 'Samir Haddad')
  await page.getByRole('button', { name: 'Replace…' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('textbox').fill('Joan Mercer')
  await dialog.getByRole('button', { name: 'Replace', exact: true }).click()
  expect(await arrivedAt(page)).toBe(id)
  await expect(page.getByRole('heading', { level: 1, name: 'Samir Haddad' })).toBeVisible()
  await page.goto('/connections')
  await expect(page.getByRole('row').filter({ hasText: 'Healthy' })).toHaveCount(1)
})

test('another account came back: discarded, and the first is as it was', async ({
  page,
  product,
  sandbox,
}) => {
  const id = await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  await reconnectAs(page, product, 'Samir Haddad')
  await page.getByRole('button', { name: 'Discard and sign in again' }).click()
  await expect(page.getByText('This was given up')).toBeVisible()
  await sandbox.act('outstand', 'end-sessions')
  await page.getByRole('button', { name: 'Reconnect', exact: true }).click()
  await signInAs(page, 'Joan Mercer')
  expect(await arrivedAt(page)).toBe(id)
  await expectStatus(page, 'Healthy')
})
