import { expect, test } from '@playwright/test'
import { watchConsole } from '../tests/product/console-watch'
import { expectGoodPage } from '../tests/product/page-checks'
import { startTestProduct } from '../tests/product/test-product'

const owner = { name: 'Ada Byron', email: 'ada@example.com', password: 'a sentence of a few words' }

test('the printed link makes the first owner, once', async ({ page, context }) => {
  const product = await startTestProduct({ ADMIN_EMAIL: '', ADMIN_PASSWORD: '' })
  try {
    const watch = watchConsole(product.url)
    watch.add(context)
    await expect.poll(product.running.output).toMatch(/Set up +\S+\s/)
    const link = /Set up +(\S+)/.exec(product.running.output())?.[1] ?? ''

    await page.goto(`${product.url}/welcome`)
    await expect(page.getByText('Open the set-up link')).toBeVisible()
    await page.goto(`${product.url}/sign-in`)
    await expect(page.getByText('Nobody has an account yet')).toBeVisible()
    await page.goto(`${product.url}/welcome/start?token=${'x'.repeat(43)}`)
    await expect(page.getByText('Open the set-up link')).toBeVisible()

    await page.goto(link)
    await expect(page).toHaveURL(`${product.url}/welcome`)
    await expectGoodPage(page)
    await page.getByLabel('Your name').fill(owner.name)
    await page.getByLabel('E-mail').fill(owner.email)
    await page.getByLabel('Password', { exact: true }).fill('short')
    await page.getByLabel('Password again').fill('short')
    await page.getByRole('button', { name: 'Create' }).click()
    await expect(page.getByText('Use 12 characters at least.')).toBeVisible()
    await page.getByLabel('Password', { exact: true }).fill(owner.password)
    await page.getByLabel('Password again').fill('another sentence of words')
    await page.getByRole('button', { name: 'Create' }).click()
    await expect(page.getByLabel('Password again')).toBeFocused()
    await page.getByLabel('Password again').fill(owner.password)
    await page.getByRole('button', { name: 'Create' }).click()
    await expect(page).toHaveURL(`${product.url}/`)
    await expect(page.getByText(`Owner · ${owner.email}`).filter({ visible: true })).toBeVisible()

    await context.clearCookies()
    await page.goto(link)
    await expect(page).toHaveURL(`${product.url}/sign-in`)
    expect(watch.complaints()).toEqual([])
  } finally {
    await product.close()
  }
})
