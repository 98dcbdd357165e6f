import { connectAs } from '../tests/product/connecting'
import { expect, test } from '../tests/product/journey'
import { expectGoodPage } from '../tests/product/page-checks'

/** Figures are gathered for some seconds before they are written and told. */
const live = { timeout: 45_000 }

test('a tried call shows a redacted answer, and moves meter and chart in open windows', async ({
  page,
  product,
  another,
  owner,
}) => {
  const id = await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  const usage = await another(owner)
  await usage.goto(`/connections/${id}/usage`)
  await expect(usage.getByText('No call through Patchbay in the last 24 hours')).toBeVisible()
  const limits = await another(owner)
  await limits.goto('/rate-limits')
  await expect(limits.getByRole('heading', { level: 1 })).toBeVisible()

  await test.step('the answer, without addresses', async () => {
    await page.goto(`/connections/${id}/try`)
    await page.getByRole('button', { name: 'One contact' }).click()
    const answer = page.getByRole('region', { name: 'The provider’s answer' })
    await expect(answer).toContainText('200 Succeeded', live)
    await expect(answer).toContainText('GET /api/v1/contacts.json?per_page=1')
    await expect(answer).toContainText('[removed]')
    await expect(answer).not.toContainText('@')
    await expectGoodPage(page)
  })

  await test.step('Enter calls what was typed', async () => {
    const field = page.getByRole('textbox', { name: 'Path and query' })
    await field.fill('/api/v1/contacts.json?per_page=2')
    await field.press('Enter')
    const answer = page.getByRole('region', { name: 'The provider’s answer' })
    await expect(answer).toContainText('GET /api/v1/contacts.json?per_page=2')
    await expect(field).toHaveValue('/api/v1/contacts.json?per_page=2')
  })

  await test.step('what open windows show then', async () => {
    await expect(usage.getByText(/^\d+ calls? in the last 24 hours: \d+ succeeded/)).toBeVisible(live)
    await expect(usage.getByRole('table', { name: /by route/ })).toContainText('GET /api/v1/contacts.json')
    await usage.getByText('Show as a table').click()
    await expect(usage.getByRole('table', { name: /times without a call/ })).toBeVisible()
    await expectGoodPage(usage)
    const row = limits.getByRole('row').filter({ hasText: 'Joan Mercer' })
    await expect(row.getByRole('img', { name: /^\d+ calls? in the last 24 hours/ })).toBeVisible(live)
    await expect(row.getByRole('meter')).toBeVisible()
    await expectGoodPage(limits)
  })

  await test.step('the same calls by day', async () => {
    await usage.getByRole('link', { name: '30 days' }).click()
    await expect(usage).toHaveURL(/[?&]period=30d/)
    await expect(usage.getByText(/^\d+ calls? in the last 30 days/)).toBeVisible()
  })

  await test.step('a path that is not proxied is refused in words', async () => {
    await page.getByRole('textbox', { name: 'Path and query' }).fill('/oauth/token/info')
    await page.getByRole('button', { name: 'Call', exact: true }).click()
    await expect(page.getByText('This path is not proxied', { exact: false })).toBeVisible()
  })
})

test('limits are sorted and filtered by their address', async ({ page, product }) => {
  await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  await connectAs(page, product, 'sandbox-outreach-prod', 'Mira Solano')
  await page.goto('/rate-limits')
  const rows = page.getByRole('table').getByRole('row')
  await expect(rows).toHaveCount(3, live)
  const head = (name: string) => page.getByRole('columnheader', { name })
  await expect(head('Used of limit')).toHaveAttribute('aria-sort', 'descending')

  await head('Remaining').getByRole('link').click()
  await expect(page).toHaveURL(/[?&]sort=left/)
  await expect(head('Remaining')).toHaveAttribute('aria-sort', 'ascending')
  await expect(rows.nth(1)).toContainText('Joan Mercer')
  await head('Remaining').getByRole('link').click()
  await expect(page).toHaveURL(/[?&]sort=-left/)
  await expect(rows.nth(1)).toContainText('Mira Solano')

  await page.getByRole('button', { name: /^Provider/ }).click()
  await page.getByRole('list', { name: 'Provider: choices' }).getByRole('link', { name: 'Outstand' }).click()
  await expect(page).toHaveURL(/provider=outstand/)
  await expect(rows).toHaveCount(2)
  await expect(rows.nth(1)).toContainText('Joan Mercer')
  await page.goto('/rate-limits?near=1')
  await expect(page.getByText('No limit is nearly used up')).toBeVisible()
  await page.getByRole('link', { name: 'Clear filters' }).click()
  await expect(rows).toHaveCount(3)
})
