import { connectAs } from '../tests/product/connecting'
import { expect, personWith, test } from '../tests/product/journey'
import { expectGoodPage } from '../tests/product/page-checks'
import type { TestProduct } from '../tests/product/test-product'

/* A copy of a database renews nothing until an admin says, on any page, that it goes on. */

/** What the start of a copy writes. */
async function hold(product: TestProduct): Promise<void> {
  await product.database.query(
    `INSERT INTO instance_identity (id, system_identifier, database_oid, app_url, held_at, held_reason, updated_at)
     VALUES (1, '1', 1, 'https://patchbay.example.com', now() - interval '5 minutes',
       'The number (oid) of the database was 16384 and is 16501: it was restored or copied.', now())
     ON CONFLICT (id) DO UPDATE SET held_at = excluded.held_at, held_reason = excluded.held_reason`,
  )
  await product.database.query(`SELECT pg_notify('patchbay_live', $1)`, [
    JSON.stringify({ topic: 'instance', id: 'database' }),
  ])
}

test('an admin lets a held database go on, after being told what that means, without a reload', async ({
  page,
  product,
}) => {
  const id = await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  await page.goto(`/connections/${id}`)
  const banner = page.getByText(/This database is a copy/)
  await expect(banner).toHaveCount(0)
  await hold(product)
  await expect(banner).toBeVisible()
  await expect(page.getByText(/oid\) of the database was 16384 and is 16501/)).toBeVisible()
  await expectGoodPage(page)

  await test.step('meanwhile nothing is spent or revoked here', async () => {
    await page.getByRole('button', { name: 'Refresh now' }).first().click()
    await expect(page.getByText(/no token is renewed until a person lets it go on/)).toBeVisible()
    const { rows } = await product.database.query('SELECT generation FROM token_pair')
    expect(rows).toEqual([{ generation: 1 }])
  })

  const opener = page.getByRole('button', { name: 'Go on with this database' })
  const dialog = page.getByRole('alertdialog')
  await test.step('the dialog names the consequence and can be left', async () => {
    await opener.focus()
    await page.keyboard.press('Enter')
    await expect(dialog.getByText('One connection will be renewed here from now on.')).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await expectGoodPage(page)
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(opener).toBeFocused()
  })

  await opener.click()
  await dialog.getByRole('button', { name: 'Go on' }).click()
  // The toast goes by itself after a while, the others stay as they are.
  await expect(page.getByText('This database goes on: what is due is renewed now.')).toBeVisible()
  await expect(dialog).toBeHidden()
  await expect(banner).toHaveCount(0)
  const { rows } = await product.database.query('SELECT held_at, app_url FROM instance_identity')
  expect(rows).toEqual([{ held_at: null, app_url: product.url }])

  await page.getByRole('button', { name: 'Refresh now' }).first().click()
  await expect(page.getByText('The token was renewed.')).toBeVisible()
})

test('a viewer sees that the database is held, and why the button is not his', async ({
  product,
  another,
}) => {
  const viewer = await another(await personWith('viewer', product))
  await hold(product)
  await viewer.goto('/connections')
  const button = viewer.getByRole('button', { name: 'Go on with this database' })
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await expect(viewer.getByText('Needs the role admin.').first()).toBeVisible()
  await expectGoodPage(viewer)
})
