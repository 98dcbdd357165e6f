import { connectAs, expectStatus } from '../tests/product/connecting'
import { expect, test } from '../tests/product/journey'

test('disconnecting revokes the grant, and the receipt says that it is confirmed', async ({
  page,
  product,
  sandbox,
}) => {
  await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  // An expired pair is renewed first: Doorkeeper revokes nothing otherwise, and says 200.
  await sandbox.act('outstand', 'expire', { app: 'sandbox-outstand' })
  await page.getByRole('button', { name: 'Disconnect' }).click()
  const dialog = page.getByRole('alertdialog')
  const final = dialog.getByRole('button', { name: 'Disconnect' })
  await expect(final).toBeDisabled()
  await dialog.getByRole('textbox').fill('Joan Mercer')
  await final.click()
  await expectStatus(page, 'Disconnected')
  await expect(page.getByText('Outstand confirmed that the grant is revoked.')).toBeVisible()
  const { rows } = await product.database.query('SELECT 1 FROM token_pair')
  expect(rows).toEqual([])
})

test('the keyboard alone disconnects, and can change its mind', async ({ page, product }) => {
  await connectAs(page, product, 'sandbox-envoy-oauth', 'Mei Tanaka')
  const opener = page.getByRole('button', { name: 'Disconnect' })
  await opener.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('alertdialog')
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(opener).toBeFocused()

  await page.keyboard.press('Enter')
  const field = dialog.getByRole('textbox')
  const name = await page.getByRole('heading', { level: 1 }).textContent()
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press('Shift+Tab')
    if (await field.evaluate((element) => element === document.activeElement)) break
  }
  await expect(field).toBeFocused()
  await page.keyboard.type(name ?? '')
  await page.keyboard.press('Enter')
  await expectStatus(page, 'Disconnected')
})

test('where a provider has no revoke, the receipt says to remove it there', async ({ page, product }) => {
  await connectAs(page, product, 'sandbox-envoy-oauth', 'Chloé Besson')
  await page.getByRole('button', { name: 'Disconnect' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('textbox').fill((await page.getByRole('heading', { level: 1 }).textContent()) ?? '')
  await dialog.getByRole('button', { name: 'Disconnect' }).click()
  await expectStatus(page, 'Disconnected')
  await expect(page.getByText('Envoy has no revoke: remove the access there.')).toBeVisible()
})
