import { type BrowserContext, expect, test } from '@playwright/test'
import { freePorts } from '../tests/product/free-ports'
import { startOtherServers } from '../tests/product/other-servers'
import { signedInState } from '../tests/product/people'
import { startTestProduct } from '../tests/product/test-product'

test.setTimeout(300_000)

test('with its URL and credentials in the environment, any server of the protocol is connected by the same button', async ({
  browser,
}) => {
  const [port, othersAt] = [await freePorts(6), await freePorts(4)]
  const others = await startOtherServers(othersAt, `http://localhost:${port}`)
  const apps = await others.control.apps()
  const registered = (key: string) => apps.find((app) => app.key === key)
  const outreach = registered('sandbox-outreach-prod')
  const outstand = registered('sandbox-outstand')
  const product = await startTestProduct(
    {
      SANDBOX: 'off',
      OUTREACH_URL: others.outreach,
      OUTREACH_CLIENT_ID: outreach?.clientId ?? '',
      OUTREACH_CLIENT_SECRET: outreach?.clientSecret ?? '',
      OUTREACH_SCOPES: 'users.read prospects.read',
      OUTSTAND_URL: others.outstand,
      OUTSTAND_CLIENT_ID: outstand?.clientId ?? '',
      OUTSTAND_CLIENT_SECRET: outstand?.clientSecret ?? '',
    },
    port,
  )
  const owner = { name: 'owner', ...product.admin }
  const context = await browser.newContext({
    baseURL: product.url,
    storageState: await signedInState(product.url, owner),
  })
  try {
    for (const provider of ['Outreach', 'Outstand']) await connect(context, provider)
    const { rows } = await product.database.query(
      "SELECT provider, lifecycle FROM connection WHERE lifecycle = 'live' ORDER BY provider",
    )
    expect(rows.map(({ provider }) => provider)).toEqual(['outreach', 'outstand'])
    const hidden = await product.database.query(
      "SELECT 1 FROM provider_app WHERE origin = 'sandbox' AND hidden_at IS NULL",
    )
    expect(hidden.rowCount).toBe(0)
  } finally {
    await context.close()
    await product.close()
    await others.close()
  }
})

/** From the overview through the provider's own pages to the connection. */
async function connect(context: BrowserContext, provider: string): Promise<void> {
  const page = await context.newPage()
  await page.goto('/providers')
  await page.getByRole('link', { name: provider, exact: true }).first().click()
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.locator('button[name=person]').first().click()
  await page.getByRole('button', { name: 'Allow' }).click()
  await expect(page).toHaveURL(/\/connections\/con_/)
  await expect(page.getByText('Healthy').first()).toBeVisible()
  await page.close()
}
