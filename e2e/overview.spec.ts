import { allow, arrivedAt, expectStatus, signInAs } from '../tests/product/connecting'
import { expect, test } from '../tests/product/journey'

test('a newcomer connects from the overview, with the scopes left ticked', async ({ page, product }) => {
  await page.goto('/')
  await page.getByRole('button', { name: /^Connect Outreach/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Connect Outreach' })
  await dialog.getByRole('radio', { name: /Patchbay \(development\)/ }).check()
  await expect(dialog.getByText('Development credentials', { exact: true })).toBeVisible()
  await dialog
    .getByRole('radio', { name: /^Patchbay(?! \(|.S2S)/ })
    .first()
    .check()
  await expect(dialog.getByText('Development credentials', { exact: true })).toBeHidden()
  await dialog.getByText(/^Scopes/).click()
  await dialog.getByRole('checkbox', { name: 'tasks.all' }).uncheck()
  await dialog.getByRole('checkbox', { name: 'calls.read' }).uncheck()
  await dialog.getByRole('button', { name: /^(Connect|Go on|Continue)/ }).click()
  await signInAs(page, 'Dmitri Volkov')
  await expect(page.getByText('accounts.read')).toBeVisible()
  await expect(page.getByText('tasks.all')).toBeHidden()
  await allow(page)
  await arrivedAt(page)
  await expectStatus(page, 'Healthy')
  const { rows } = await product.database.query('SELECT requested_scopes FROM connection')
  expect(rows[0].requested_scopes).not.toContain('tasks.all')

  await page.goto('/')
  const card = page.getByRole('list', { name: 'Outreach accounts by status' })
  await expect(card.getByRole('link', { name: /Healthy/ })).toContainText('1')
})

test('what needs attention is on the overview, with the button that helps', async ({
  page,
  product,
  sandbox,
}) => {
  await page.goto('/')
  await page.getByRole('button', { name: /^Connect Outstand/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Connect Outstand' })
  await dialog.getByRole('radio').first().check()
  await dialog.getByRole('button', { name: /^(Connect|Go on|Continue)/ }).click()
  await signInAs(page, 'Samir Haddad')
  await allow(page)
  await arrivedAt(page)
  await sandbox.act('outstand', 'revoke')
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expectStatus(page, 'Needs reconnect')
  await page.goto('/')
  const attention = page.getByRole('region', { name: 'Needs attention' }).or(page.getByRole('main'))
  await attention
    .getByRole('button', { name: /^Reconnect/ })
    .first()
    .click()
  await allow(page)
  await arrivedAt(page)
  await expectStatus(page, 'Healthy')
  expect((await product.database.query('SELECT 1 FROM connection')).rowCount).toBe(1)
})
