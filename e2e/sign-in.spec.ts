import { expect, personWith, test, visitor } from '../tests/product/journey'
import { expectGoodPage } from '../tests/product/page-checks'
import type { TestProduct } from '../tests/product/test-product'

test.use({ storageState: visitor })

test('a page asks to sign in, and goes on where one was', async ({ page, product }) => {
  await page.goto('/activity?search=connected')
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await page.getByLabel('E-mail').fill(product.admin.email)
  await page.getByLabel('Password').fill(product.admin.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(`${product.url}/activity?search=connected`)
  await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible()
})

test('a wrong password says so, keeps the address, and lets one try again', async ({
  page,
  product,
  consoleWatch,
}) => {
  consoleWatch.allow(/status of 401/)
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByLabel('E-mail')).toBeFocused()
  await expect(page.getByText('Enter your e-mail address.')).toBeVisible()
  await page.getByLabel('E-mail').fill(product.admin.email)
  await page.getByLabel('Password').fill('not the password')
  await page.keyboard.press('Enter')
  await expect(page.getByText('E-mail or password is wrong.')).toBeVisible()
  await expect(page.getByLabel('Password')).toBeFocused()
  await expect(page.getByLabel('E-mail')).toHaveValue(product.admin.email)
  await page.getByLabel('Password').fill(product.admin.password)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${product.url}/`)
})

test('an eleventh attempt has to wait, whoever tries', async ({ page, product, consoleWatch }) => {
  consoleWatch.allow(/status of 401/)
  const person = await personWith('viewer', product)
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(person.email)
  const password = page.getByLabel('Password')
  for (let attempt = 1; attempt <= 10; attempt++) {
    await password.fill(`guess number ${attempt}`)
    const answered = page.waitForResponse(/callback\/credentials/)
    await page.keyboard.press('Enter')
    expect((await answered).status()).toBe(401)
    await expect(page.getByText('E-mail or password is wrong.')).toBeVisible()
  }
  await countOnIntoTheNextWindow(product)
  await password.fill(person.password)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Too many attempts.')).toBeVisible()
})

for (const next of ['https://evil.example/', '//evil.example/', '/\\evil.example']) {
  test(`\`next\` leads nowhere else: ${next}`, async ({ page, product }) => {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
    await page.getByLabel('E-mail').fill(product.admin.email)
    await page.getByLabel('Password').fill(product.admin.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL(`${product.url}/`)
  })
}

test('signing out ends the session, in the next tab too', async ({ page, another, product }) => {
  const person = await personWith('admin', product)
  const first = await another(person)
  const second = await first.context().newPage()
  await second.goto('/activity')
  await first.goto('/activity')
  await first.getByRole('button', { name: 'Sign out' }).click()
  await expect(first).toHaveURL(`${product.url}/sign-in`)
  await second.reload()
  await expect(second).toHaveURL(/\/sign-in\?next=/)
  await page.goto('/sign-in')
})

test('the sign-in page is good to look at, and for those who do not look', async ({ page }) => {
  await page.goto('/sign-in')
  await expectGoodPage(page)
})

/** Attempts are counted by quarters of an hour of the real clock: one may end during this journey, or just before its last try. */
async function countOnIntoTheNextWindow({ database }: TestProduct): Promise<void> {
  await database.query(
    `INSERT INTO throttle_window (bucket, window_start, count)
     SELECT bucket, last + part * interval '15 minutes', total
       FROM (SELECT bucket, max(window_start) AS last, sum(count)::int AS total FROM throttle_window GROUP BY bucket) AS told,
            generate_series(0, 1) AS part
     ON CONFLICT (bucket, window_start) DO UPDATE SET count = excluded.count`,
  )
}
