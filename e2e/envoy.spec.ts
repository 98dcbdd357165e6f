import {
  allow,
  arrivedAt,
  connectAs,
  connectionAddress,
  expectStatus,
  flowOf,
  pressConnect,
  signInAs,
} from '../tests/product/connecting'
import { expect, test } from '../tests/product/journey'

for (const shape of ['request_meta', 'meta'] as const) {
  test(`a plugin is installed at Envoy, and the waiting page turns into it (${shape})`, async ({
    page,
    product,
    sandbox,
    another,
    owner,
  }) => {
    await sandbox.act('envoy', 'envelope', { shape })
    await pressConnect(page, product, 'sandbox-envoy-plugin')
    const flow = await flowOf(product, 'envoy')
    const waiting = await another(owner)
    await waiting.goto(`/connect/${flow}`)
    await expect(waiting.getByText('Waiting for the install.')).toBeVisible()

    await signInAs(page, 'Dana Whitfield')
    await page.getByRole('button', { name: 'Install at Portland HQ' }).click()
    await page.getByLabel('Name shown to visitors').fill('Front desk')
    await page.getByRole('button', { name: 'Save and continue' }).click()
    await expect(page.getByText('Installed.')).toBeVisible()

    await expect(waiting).toHaveURL(connectionAddress)
    await expectStatus(waiting, 'Healthy')
    // One exchange for the two webhooks of the step.
    const exchanges = await sandbox.tokenCalls('envoy')
    expect(exchanges.map(({ grantType }) => grantType)).toEqual(['plugin_install'])
  })
}

test('an uninstall at Envoy ends the connection, and a new install continues it', async ({
  page,
  product,
  sandbox,
}) => {
  await pressConnect(page, product, 'sandbox-envoy-plugin')
  const flow = await flowOf(product, 'envoy')
  await sandbox.act('envoy', 'install', { person: '7003', location: '20031' })
  await page.goto(`/connect/${flow}`)
  const id = await arrivedAt(page)
  await expectStatus(page, 'Healthy')
  await sandbox.act('envoy', 'uninstall')
  await expectStatus(page, 'Disconnected')
  await sandbox.act('envoy', 'install', { person: '7003', location: '20031' })
  await expectStatus(page, 'Healthy')
  expect(page.url()).toContain(id)
})

test('an install that nobody here asked for waits to be accepted', async ({ page, sandbox }) => {
  await page.goto('/installs')
  await expect(page.getByText('No install waits')).toBeVisible()
  await sandbox.act('envoy', 'install', { person: '7004', location: '20051' })
  await page.getByRole('button', { name: /^Accept/ }).click()
  await expect(page.getByText('No install waits')).toBeVisible()
  await page.goto('/connections')
  await expect(page.getByRole('row').filter({ hasText: 'Healthy' })).toHaveCount(1)
})

test('an unlisted app is connected by consent, always with token.refresh', async ({ page, product }) => {
  const id = await connectAs(page, product, 'sandbox-envoy-oauth', 'Dana Whitfield')
  await expectStatus(page, 'Healthy')
  await page.goto(`/connections/${id}/scopes`)
  await expect(page.getByRole('main').getByText('token.refresh').first()).toBeVisible()
})

test('the same account again renews the one connection', async ({ page, product }) => {
  const first = await connectAs(page, product, 'sandbox-envoy-oauth', 'Mei Tanaka')
  await pressConnect(page, product, 'sandbox-envoy-oauth')
  await allow(page)
  expect(await arrivedAt(page)).toBe(first)
})
