import {
  allow,
  allowAndStay,
  arrivedAt,
  connectAs,
  pressConnect,
  signInAs,
} from '../tests/product/connecting'
import { expect, personWith, test } from '../tests/product/journey'

test('an answer that nobody asked for is turned away', async ({ page, product, sandbox }) => {
  for (const query of [
    'code=made-up-code&state=made-up-state',
    'code=made-up-code',
    'error=access_denied',
    '',
  ]) {
    await page.goto(`/api/callback/outreach?${query}`)
    await expect(page).toHaveURL(/\/connect\/refused\?why=\w+$/)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
  await page.goto('/api/callback/outreach?code=made-up-code&state=made-up-state')
  await expect(page.getByRole('heading', { name: 'This answer is not known here' })).toBeVisible()
  expect(await sandbox.tokenCalls('outreach')).toEqual([])
  expect((await product.database.query('SELECT 1 FROM connection')).rowCount).toBe(0)
})

test('an answer is taken once: by reload and Back nothing happens', async ({ page, product, sandbox }) => {
  await pressConnect(page, product, 'sandbox-outstand')
  await signInAs(page, 'Joan Mercer')
  const callback = await allowAndStay(page)
  await page.goto(callback)
  await arrivedAt(page)
  await page.goto(callback)
  await expect(page.getByRole('heading', { name: 'This answer was used already' })).toBeVisible()
  await page.getByRole('link', { name: 'Show the connections' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'Joan Mercer' })).toContainText('Healthy')
  expect(await sandbox.tokenCalls('outstand')).toHaveLength(1)
})

test('an answer after ten minutes is not taken', async ({ page, product, sandbox }) => {
  await pressConnect(page, product, 'sandbox-outstand')
  await signInAs(page, 'Joan Mercer')
  const callback = await allowAndStay(page)
  await product.database.query(`UPDATE connect_flow SET expires_at = now() - interval '1 second'`)
  await page.goto(callback)
  await expect(page.getByRole('heading', { name: 'Too much time passed' })).toBeVisible()
  expect(await sandbox.tokenCalls('outstand')).toEqual([])
})

test('an answer that another browser brings is not taken', async ({
  page,
  product,
  another,
  owner,
  sandbox,
}) => {
  await pressConnect(page, product, 'sandbox-outstand')
  await signInAs(page, 'Joan Mercer')
  const callback = await allowAndStay(page)
  const elsewhere = await another(owner)
  await elsewhere.goto(callback)
  await expect(elsewhere.getByRole('heading', { name: 'Started in another browser' })).toBeVisible()
  expect(await sandbox.tokenCalls('outstand')).toEqual([])
  await page.goto(callback)
  await arrivedAt(page)
})

test('an answer for somebody else is not taken', async ({ product, sandbox, another }) => {
  const page = await another(await personWith('admin', product))
  await pressConnect(page, product, 'sandbox-outstand')
  await signInAs(page, 'Joan Mercer')
  const callback = await allowAndStay(page)
  await page.goto('/activity')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
  await page.getByLabel('E-mail').fill(product.admin.email)
  await page.getByLabel('Password').fill(product.admin.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(`${product.url}/`)
  await page.goto(callback)
  await expect(page.getByRole('heading', { name: 'Started by somebody else' })).toBeVisible()
  expect(await sandbox.tokenCalls('outstand')).toEqual([])
})

test('a code that the provider no longer takes ends the flow in words', async ({
  page,
  product,
  sandbox,
}) => {
  await pressConnect(page, product, 'sandbox-outstand')
  await signInAs(page, 'Joan Mercer')
  const callback = await allowAndStay(page)
  await sandbox.act('outstand', 'expire-codes')
  await page.goto(callback)
  await expect(page.getByText('It could not be connected')).toBeVisible()
  await expect(page.getByText(/Outstand refused the code/)).toBeVisible()
  await page.getByRole('button', { name: 'Try again' }).click()
  await allow(page)
  await arrivedAt(page)
})

test('a flow that did not come back shows what was sent, and can be started again', async ({
  page,
  product,
}) => {
  await pressConnect(page, product, 'sandbox-outreach-prod')
  await expect(page.getByRole('heading', { name: 'Sign in to Outreach' })).toBeVisible()
  const { rows } = await product.database.query(
    `UPDATE connect_flow SET created_at = created_at - interval '3 minutes' RETURNING id`,
  )
  await page.goto(`/connect/${rows[0]?.id}`)
  await expect(page.getByText('Not finished')).toBeVisible()
  await expect(page.getByText(`${product.url}/api/callback/outreach`).first()).toBeVisible()
  await page.getByRole('button', { name: 'Start again' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in to Outreach' })).toBeVisible()
})

test('Back after connecting spends nothing and breaks nothing', async ({ page, product, sandbox }) => {
  await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  for (let step = 0; step < 2; step++) {
    await page.goBack({ waitUntil: 'commit' })
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
  await page.goto('/connections')
  await expect(page.getByRole('row').filter({ hasText: 'Healthy' })).toHaveCount(1)
  expect(await sandbox.tokenCalls('outstand')).toHaveLength(1)
})
