import { connectAs, expectStatus } from '../tests/product/connecting'
import { expect, type Page, test } from '../tests/product/journey'

test('disconnecting revokes the grant, and the receipt says that it is confirmed', async ({
  page,
  product,
}) => {
  await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  await disconnect(page)
  await expect(page.getByText('Outstand confirmed that the grant is revoked.')).toBeVisible()
  expect((await product.database.query('SELECT 1 FROM token_pair')).rows).toEqual([])

  await test.step('Outstand asks for consent again, so nothing is left there', async () => {
    await page.getByRole('button', { name: 'Connect again' }).click()
    await expect(page.getByRole('button', { name: 'Allow', exact: true })).toBeVisible()
  })
})

test('an expired pair is renewed before it is revoked', async ({ page, product, sandbox }) => {
  await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  await sandbox.act('outstand', 'expire', { app: 'sandbox-outstand' })
  for (const table of ['connection', 'token_pair'])
    await product.database.query(`UPDATE ${table} SET access_expires_at = now() - interval '1 minute'`)
  await disconnect(page)
  await expect(page.getByText('Outstand confirmed that the grant is revoked.')).toBeVisible()
})

test('where Outstand only says 200, the receipt does not call that confirmed', async ({
  page,
  product,
  sandbox,
}) => {
  await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  // Expired there, and not known to be so here.
  await sandbox.act('outstand', 'expire', { app: 'sandbox-outstand' })
  await disconnect(page)
  await expect(page.getByText('Outstand did not confirm that the grant is revoked.')).toBeVisible()
})

test('the keyboard alone disconnects, and can change its mind', async ({ page, product }) => {
  await connectAs(page, product, 'sandbox-envoy-oauth', 'Mei Tanaka')
  const opener = page.getByRole('button', { name: 'Disconnect', exact: true })
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
  await disconnect(page)
  await expect(page.getByText('Envoy has no revoke: remove the access there.')).toBeVisible()
})

async function disconnect(page: Page): Promise<void> {
  const name = await page.getByRole('heading', { level: 1 }).textContent()
  await page.getByRole('button', { name: 'Disconnect', exact: true }).click()
  const dialog = page.getByRole('alertdialog')
  const final = dialog.getByRole('button', { name: 'Disconnect' })
  await expect(final).toBeDisabled()
  await dialog.getByRole('textbox').fill(name ?? '')
  await final.click()
  await expectStatus(page, 'Disconnected')
}
