import { allow, arrivedAt, expectStatus, signInAs } from '../tests/product/connecting'
import { expect, type Page, test } from '../tests/product/journey'

test('an app is entered with a wrong secret, which is told, put right, and works', async ({
  page,
  sandbox,
}) => {
  const app = (await sandbox.apps()).find(({ key }) => key === 'sandbox-outstand')
  await page.goto('/providers/new?provider=outstand')
  await page.getByLabel('Name', { exact: true }).fill('Listings sync')
  await page.getByRole('button', { name: 'Make the draft' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Listings sync' })).toBeVisible()
  await page.getByLabel('Client id').fill(app?.clientId ?? '')
  await page.getByRole('button', { name: 'Save client id' }).click()
  await expect(page.getByText('Saved').first()).toBeVisible()

  await test.step('a wrong secret is tried there first, and stored only on purpose', async () => {
    await page.getByRole('button', { name: 'Enter Client secret' }).click()
    await page.getByLabel('Client secret').fill('not-the-secret-of-this-app')
    await page.getByRole('button', { name: 'Store', exact: true }).click()
    await expect(page.getByText(/^Not stored/).first()).toBeVisible()
    await page.getByLabel('Client secret').fill('not-the-secret-of-this-app')
    await page.getByLabel('Store it all the same').check()
    await page.getByRole('button', { name: 'Store', exact: true }).click()
    await expect(page.getByRole('button', { name: 'Replace Client secret' })).toBeVisible()
  })

  await test.step('Connect with it ends in words that lead to the app', async () => {
    await page.getByRole('button', { name: /^Connect/ }).click()
    await signInAs(page, 'Joan Mercer')
    await allow(page)
    await expect(page.getByText(/Outstand refused the provider app's own credentials/)).toBeVisible()
    await page.getByRole('link', { name: 'Correct the app' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Listings sync' })).toBeVisible()
  })

  await test.step('the right one takes its place', async () => {
    await replaceSecret(page, app?.clientSecret ?? '')
    await page.getByRole('button', { name: /^Connect/ }).click()
    await allow(page)
    await arrivedAt(page)
    await expectStatus(page, 'Healthy')
  })
})

async function replaceSecret(page: Page, secret: string): Promise<void> {
  await page.getByRole('button', { name: 'Replace Client secret' }).click()
  await page.getByLabel('Client secret').fill(secret)
  await page.getByRole('button', { name: 'Replace', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Replace Client secret' })).toBeVisible()
}
