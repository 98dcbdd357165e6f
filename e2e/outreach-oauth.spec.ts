import {
  allow,
  arrivedAt,
  connectAs,
  expectStatus,
  pressConnect,
  signInAs,
} from '../tests/product/connecting'
import { expect, test } from '../tests/product/journey'

test('an Outreach account is connected with production credentials', async ({ page, product }) => {
  await connectAs(page, product, 'sandbox-outreach-prod', 'Mira Solano')
  await expect(page.getByRole('heading', { level: 1, name: 'Mira Solano' })).toBeVisible()
  await expect(page.getByText('Harbour Lane Software').first()).toBeVisible()
  await expectStatus(page, 'Healthy')
})

test('a second token within a minute has to wait, and the page says how long', async ({
  page,
  product,
  sandbox,
}) => {
  await connectAs(page, product, 'sandbox-outreach-prod', 'Aiko Tanaka')
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(page.getByText(/allows the next token in/)).toBeVisible()
  expect(await sandbox.tokenCalls('outreach')).toHaveLength(1)
  await expectStatus(page, 'Healthy')
})

test('development and production are connected in two tabs at once', async ({ page, product }) => {
  const second = await page.context().newPage()
  await pressConnect(page, product, 'sandbox-outreach-dev')
  await signInAs(page, 'Tom Whitaker')
  await expect(page.getByText('has not reviewed')).toBeVisible()
  // The provider knows the browser by now, so that the second tab is asked for consent at once.
  await pressConnect(second, product, 'sandbox-outreach-prod')
  await expect(second.getByRole('button', { name: 'Allow' })).toBeVisible()
  await allow(second)
  const production = await arrivedAt(second)
  await allow(page)
  const development = await arrivedAt(page)
  expect(development).not.toBe(production)
  await expectStatus(page, 'Healthy')
  await expectStatus(second, 'Healthy')
  await expect(page.getByRole('main').getByText('Development').first()).toBeVisible()
})

test('an app of the older kind is connected, and keeps the refresh token it was given', async ({
  page,
  product,
  sandbox,
}) => {
  const id = await connectAs(page, product, 'sandbox-outreach-legacy', 'Ines Brandt')
  await expectStatus(page, 'Healthy')
  await letMintMinutePass(product.database, id)
  await page.reload()
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(page.getByText('The token was renewed.')).toBeVisible()
  await letMintMinutePass(product.database, id)
  await page.reload()
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(page.getByText('The token was renewed.')).toBeVisible()
  expect((await sandbox.tokenCalls('outreach')).map(({ status }) => status)).toEqual([200, 200, 200])
})

/** Puts the last mint two minutes back: our own guard of Outreach's minute reads it there. */
async function letMintMinutePass(
  database: { query(sql: string, values: string[]): Promise<unknown> },
  id: string,
): Promise<void> {
  await database.query(
    `UPDATE rotation_journal SET started_at = started_at - interval '2 minutes',
       ended_at = ended_at - interval '2 minutes' WHERE connection_id = $1`,
    [id],
  )
  await database.query(
    `UPDATE token_pair SET obtained_at = obtained_at - interval '2 minutes' WHERE connection_id = $1`,
    [id],
  )
}
