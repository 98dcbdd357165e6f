import { type AppSlug, deny, pressConnect, signInAs } from '../tests/product/connecting'
import { expect, test } from '../tests/product/journey'

const cases: { provider: string; slug: AppSlug; person: string }[] = [
  { provider: 'Outreach', slug: 'sandbox-outreach-prod', person: 'Ben Castillo' },
  { provider: 'Envoy', slug: 'sandbox-envoy-oauth', person: 'Mei Tanaka' },
  { provider: 'Outstand', slug: 'sandbox-outstand', person: 'Joan Mercer' },
]

for (const { provider, slug, person } of cases) {
  test(`consent denied at ${provider} is told, stores nothing, and can be tried again`, async ({
    page,
    product,
  }) => {
    await pressConnect(page, product, slug)
    await signInAs(page, person)
    await deny(page)
    await expect(page).toHaveURL(/\/connect\/flw?_\w+|\/connect\/\w+$/)
    await expect(page.getByText(`Access was not granted at ${provider}. Nothing was stored.`)).toBeVisible()
    expect((await product.database.query('SELECT 1 FROM connection')).rowCount).toBe(0)
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible()
  })
}
