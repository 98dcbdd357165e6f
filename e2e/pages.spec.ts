import {
  allow,
  arrivedAt,
  connectAs,
  deny,
  flowOf,
  pressConnect,
  signInAs,
} from '../tests/product/connecting'
import { expect, test, visitor } from '../tests/product/journey'
import { expectGoodPage } from '../tests/product/page-checks'

/*
 * Every page, empty and in use: no complaint of the console, none of axe-core in light and dark, nothing wider than a phone.
 */

const areas = ['/', '/connections', '/rate-limits', '/webhooks', '/activity', '/providers', '/settings']

test('the areas, while there is nothing in them', async ({ page }) => {
  for (const path of [...areas, '/installs', '/providers/new?provider=outreach', '/connections?q=nothing']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectGoodPage(page)
  }
})

test('the areas, in use', async ({ page, product, sandbox }) => {
  await connectAs(page, product, 'sandbox-outreach-dev', 'Grace Oyelaran')
  await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  await sandbox.act('envoy', 'install', { person: '7004', location: '20051' })
  await sandbox.act('outreach', 'install', { org: 'copperfield', order: 'webhook_first' })
  for (const path of [...areas, '/installs']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectGoodPage(page)
  }
})

test('a connection, and how programs use it', async ({ page, product }) => {
  const id = await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  const tabs = ['', '/scopes', '/usage', '/try', '/history', '/settings'].map(
    (tab) => `/connections/${id}${tab}`,
  )
  for (const path of [...tabs, '/settings/api-reference']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectGoodPage(page)
  }
})

test('a page comes with its title, and does not stream it after its body', async ({ page, product }) => {
  const id = await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  const answer = await page.request.get(`/connections/${id}`)
  const [head = ''] = (await answer.text()).split('<body')
  expect(head).toContain('<title>Joan Mercer · Token · Connections · Patchbay</title>')
})

test('connections that are not well', async ({ page, product, sandbox }) => {
  await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  await sandbox.act('outstand', 'revoke')
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(page.getByText('Needs reconnect').first()).toBeVisible()
  await expectGoodPage(page)
  await page.getByRole('button', { name: 'Disconnect', exact: true }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await expectGoodPage(page)
})

test('the pages of apps, of each kind', async ({ page, product }) => {
  const { rows } = await product.database.query(`SELECT id FROM provider_app ORDER BY slug`)
  expect(rows).toHaveLength(8)
  for (const { id } of rows) {
    await page.goto(`/providers/${id}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectGoodPage(page)
  }
})

test('the ends of a flow', async ({ page, product, sandbox }) => {
  await pressConnect(page, product, 'sandbox-outstand')
  await signInAs(page, 'Joan Mercer')
  await deny(page)
  await expect(page.getByText(/Access was not granted/)).toBeVisible()
  await expectGoodPage(page)
  await page.getByRole('button', { name: 'Try again' }).click()
  await allow(page)
  await arrivedAt(page)
  await sandbox.act('outstand', 'end-sessions')
  await page.getByRole('button', { name: 'Reconnect', exact: true }).click()
  await signInAs(page, 'Samir Haddad')
  await allow(page)
  await expect(page.getByRole('heading', { name: 'Another account came back' })).toBeVisible()
  await expectGoodPage(page)
  await page.goto('/connect/refused?why=state_unknown')
  await expectGoodPage(page)
  await pressConnect(page, product, 'sandbox-envoy-plugin')
  await page.goto(`/connect/${await flowOf(product, 'envoy')}`)
  await expect(page.getByText('Waiting for the install.')).toBeVisible()
  await expectGoodPage(page)
})

test('a page that is not there', async ({ page, consoleWatch }) => {
  consoleWatch.allow(/status of 404/)
  for (const path of [
    '/no-such-page',
    '/connections/con_nothing',
    '/connect/flw_nothing',
    '/providers/app_nothing',
    '/settings/api-keys/key_nothing',
    '/settings/notifications/ntc_nothing',
    '/webhooks/whd_nothing',
  ]) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page).toHaveTitle(/not found/i)
    await expectGoodPage(page)
  }
})

test.describe('for visitors', () => {
  test.use({ storageState: visitor })

  test('the landing pages', async ({ page, sandbox }) => {
    const { open } = await sandbox.act('outreach', 'install', { org: 'juniperoak', order: 'landing_only' })
    await page.goto(String(open))
    await expect(page.getByRole('heading', { name: 'Your installation is verified' })).toBeVisible()
    await expectGoodPage(page)
    await page.goto('/outreach/setup/sandbox-outreach-s2s?installSetupToken=made-up-token-made-up-token')
    await expect(page.getByRole('heading', { name: 'This installation could not be verified' })).toBeVisible()
    await expectGoodPage(page)
  })
})
