import { arrivedAt, expectStatus, pressConnect, signInAs } from '../tests/product/connecting'
import { expect, type Page, test } from '../tests/product/journey'
import type { SandboxControl } from '../tests/product/sandbox-control'

const harbourLane = 'Harbour Lane Software'

/** Installs in a company at Outreach. @returns the address that lands with a fresh setup token */
async function installAt(sandbox: SandboxControl, org: string, order: string): Promise<string> {
  const { open } = await sandbox.act('outreach', 'install', { org, order })
  return String(open)
}

async function expectReference(visitor: Page): Promise<string> {
  await expect(visitor.getByRole('heading', { name: 'Your installation is verified' })).toBeVisible()
  const reference = visitor.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  return (await reference.textContent()) ?? ''
}

test('Connect leads to the install link, and the landing to the connection', async ({ page, product }) => {
  await pressConnect(page, product, 'sandbox-outreach-s2s')
  await page.getByRole('button', { name: harbourLane }).click()
  await signInAs(page, 'Mira Solano')
  await page.getByRole('button', { name: 'Install' }).click()
  await arrivedAt(page)
  await expect(page.getByRole('heading', { level: 1, name: harbourLane })).toBeVisible()
  await expectStatus(page, 'Healthy')
  await expect(page.getByText(/acts for no user/i).first()).toBeVisible()
  await page.reload()
  await expectStatus(page, 'Healthy')
})

test('a stranger lands, waits, and is accepted by an admin', async ({ page, sandbox, another, product }) => {
  await page.goto('/installs')
  await expect(page.getByText('No install waits')).toBeVisible()

  const visitor = await another(null)
  await visitor.goto(await installAt(sandbox, 'copperfield', 'webhook_first'))
  const reference = await expectReference(visitor)
  expect(new URL(visitor.url()).search).toBe('')
  await visitor.reload()
  expect(await expectReference(visitor)).toBe(reference)

  await test.step('it shows to the admin without a reload', async () => {
    const row = page.getByRole('row').filter({ hasText: reference })
    await expect(row).toContainText('Copperfield Logistics')
    expect((await product.database.query(`SELECT 1 FROM connection WHERE lifecycle = 'live'`)).rowCount).toBe(
      0,
    )
    await row.getByRole('button', { name: 'Accept' }).click()
    await expect(page.getByText('No install waits')).toBeVisible()
  })

  await visitor.reload()
  await expect(visitor.getByRole('heading', { name: 'Connected' })).toBeVisible()
  await page.goto('/connections')
  await page.getByRole('link', { name: 'Copperfield Logistics' }).click()
  await expectStatus(page, 'Healthy')
})

test('an install that is refused stays so, whatever Outreach sends', async ({ page, sandbox, another }) => {
  const visitor = await another(null)
  const open = await installAt(sandbox, 'juniperoak', 'landing_only')
  await visitor.goto(open)
  const reference = await expectReference(visitor)
  await page.goto('/installs')
  const row = page.getByRole('row').filter({ hasText: reference })
  await row.getByRole('button', { name: 'Refuse' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Refuse' }).click()
  await expect(page.getByText('No install waits')).toBeVisible()
  await visitor.reload()
  await expect(visitor.getByRole('heading', { name: 'The installation was declined' })).toBeVisible()
  await visitor.goto(open)
  await expect(visitor.getByText(/declined/).first()).toBeVisible()
  await sandbox.act('outreach', 'send-event', { org: 'juniperoak', eventName: 'install.created' })
  await page.reload()
  await expect(page.getByText('No install waits')).toBeVisible()
})

test('only a webhook came: the install waits, and is accepted', async ({ page, sandbox }) => {
  await page.goto('/installs')
  await installAt(sandbox, 'harbourlane', 'webhook_only')
  await page.getByRole('button', { name: /^Accept/ }).click()
  await expect(page.getByText('No install waits')).toBeVisible()
  await page.goto('/connections')
  await expect(page.getByRole('row').filter({ hasText: 'Healthy' })).toHaveCount(1)
})

test('an install made earlier is added by its INSTALL_ID', async ({ page, sandbox }) => {
  const { installId } = await sandbox.act('outreach', 'install', {
    org: 'copperfield',
    order: 'landing_only',
  })
  await page.goto('/installs')
  await page.getByLabel('INSTALL_ID').fill(String(installId))
  await page.getByRole('button', { name: 'Add install' }).click()
  await arrivedAt(page)
  await expectStatus(page, 'Healthy')
})

test('an install that is removed at Outreach ends here, and goes on when it comes back', async ({
  page,
  sandbox,
}) => {
  await page.goto(await installAt(sandbox, 'harbourlane', 'webhook_first'))
  const id = await arrivedAt(page)
  await expectStatus(page, 'Healthy')
  await sandbox.act('outreach', 'uninstall', { org: 'harbourlane' })
  await expectStatus(page, 'Disconnected')
  await page.goto(await installAt(sandbox, 'harbourlane', 'webhook_first'))
  expect(await arrivedAt(page)).toBe(id)
  await expectStatus(page, 'Healthy')
})

test('a locked company is suspended, and comes back by Check again', async ({ page, sandbox }) => {
  await page.goto(await installAt(sandbox, 'harbourlane', 'webhook_first'))
  await arrivedAt(page)
  await sandbox.act('outreach', 'lock-org', { org: 'harbourlane' })
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expectStatus(page, 'Suspended')
  await sandbox.act('outreach', 'unlock-org', { org: 'harbourlane' })
  await page.getByRole('button', { name: 'Check again', exact: true }).first().click()
  await expectStatus(page, 'Healthy')
})

test.describe('a setup token that does not hold', () => {
  test('made up', async ({ another, product }) => {
    const visitor = await another(null)
    for (const token of ['made-up-token-that-outreach-never-gave', '', '%00%0a', 'x'.repeat(9_000)]) {
      await visitor.goto(`/outreach/setup/sandbox-outreach-s2s?installSetupToken=${token}`)
      await expect(
        visitor.getByRole('heading', { name: 'This installation could not be verified' }),
      ).toBeVisible()
      expect(visitor.url()).not.toContain('installSetupToken')
    }
    expect((await product.database.query('SELECT 1 FROM install')).rowCount).toBe(0)
  })

  test('expired', async ({ another, sandbox, product }) => {
    const visitor = await another(null)
    await sandbox.act('outreach', 'install', { org: 'harbourlane', order: 'landing_only' })
    const landing = await landingOf(product.providers.outreach, sandbox)
    await sandbox.act('outreach', 'expire-setup-tokens')
    await visitor.goto(landing)
    await expect(visitor.getByText(/it was used, has expired, or is not complete/)).toBeVisible()
    await expect(visitor.getByText(/start its set-up again/)).toBeVisible()
  })

  test('at an address of no app', async ({ another }) => {
    const visitor = await another(null)
    await visitor.goto('/outreach/setup/no-such-app?installSetupToken=abcdefghijklmnop')
    await expect(visitor.getByText('There is no app at this address.')).toBeVisible()
  })
})

/** Where Outreach would send a browser now; the browser does not go there yet. */
async function landingOf(outreach: string, sandbox: SandboxControl): Promise<string> {
  const s2s = (await sandbox.apps()).find(({ key }) => key === 'sandbox-outreach-s2s')
  const { open } = await sandbox.act('outreach', 'reconfigure', { org: 'harbourlane' })
  expect(String(open)).toContain(`${outreach}/apps/${s2s?.s2sGuid}`)
  const answer = await fetch(String(open), { redirect: 'manual' })
  return answer.headers.get('location') ?? ''
}
