import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { connectAs } from '../tests/product/connecting'
import { expect, type Page, personWith, test } from '../tests/product/journey'
import { expectGoodPage } from '../tests/product/page-checks'

const path = '/settings/api-keys'
const run = promisify(execFile)

/** The command that the page says to paste into a terminal; where there is no curl, what it asks for is sent without. */
async function curl(command: string): Promise<{ status: number; body: string }> {
  const [, header = '', url = ''] = /^curl -H "([^"]+)" (\S+)$/.exec(command) ?? []
  try {
    const { stdout } = await run('curl', ['--silent', '--write-out', '\n%{http_code}', '-H', header, url])
    const at = stdout.lastIndexOf('\n')
    return { status: Number(stdout.slice(at + 1)), body: stdout.slice(0, at) }
  } catch (error) {
    if (Reflect.get(Object(error), 'code') !== 'ENOENT') throw error
    const answer = await fetch(url, { headers: { authorization: header.replace('Authorization: ', '') } })
    return { status: answer.status, body: await answer.text() }
  }
}

const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

test('a key is made, reads a token with curl, and its usage moves on the page', async ({
  page,
  context,
  product,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const connectionId = await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  await page.goto('/settings')
  await page.getByRole('link', { name: 'API keys' }).click()
  await expect(page.getByText('No program has a key')).toBeVisible()
  await expectGoodPage(page)
  await page.getByRole('link', { name: 'Create key' }).click()

  await test.step('what is missing is told, and what was entered stays', async () => {
    await page.getByLabel('Name', { exact: true }).fill('Nightly export')
    await page.getByLabel('Ends', { exact: true }).selectOption('never')
    await expect(page.getByText('Better not.')).toBeVisible()
    await page.getByLabel('Ends', { exact: true }).selectOption('365')
    await page.getByRole('button', { name: 'Create key' }).click()
    await expect(page.getByText('Choose what the key may do.').first()).toBeVisible()
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Nightly export')
  })

  await test.step('one connection is found and chosen', async () => {
    await page.getByRole('checkbox', { name: /Read access tokens/ }).check()
    await page.getByRole('checkbox', { name: /Call the providers/ }).check()
    await page.getByRole('radio', { name: /Chosen connections/ }).check()
    await page.getByRole('searchbox', { name: 'Search connections' }).fill('mercer')
    await page.getByRole('button', { name: 'Add Joan Mercer' }).click()
    await expect(page.getByRole('list', { name: 'Chosen connections' })).toContainText('Joan Mercer')
    await page.getByLabel('Requests a minute').fill('600')
    await expectGoodPage(page)
  })

  const dialog = page.getByRole('dialog', { name: 'API key' })
  const { key, command } =
    await test.step('the key is shown, and closing asks until it is copied', async () => {
      await page.getByRole('button', { name: 'Create key' }).click()
      await expect(dialog).toBeVisible()
      await expectGoodPage(page)
      await page.keyboard.press('Escape')
      const asked = page.getByRole('alertdialog', { name: 'Close without copying?' })
      await asked.getByRole('button', { name: 'Show it again' }).click()
      await dialog.getByRole('button', { name: 'Copy API key' }).click()
      await expect(dialog.getByText('Copied API key')).toBeAttached()
      const key = await copied(page)
      await dialog.getByRole('button', { name: 'Copy curl command' }).click()
      await expect(dialog.getByText('Copied curl command')).toBeAttached()
      const command = await copied(page)
      await dialog.getByRole('button', { name: 'I have stored it' }).click()
      return { key, command }
    })
  expect(key).toMatch(/^pbk_[0-9A-Za-z]{38}$/)
  expect(command).toContain(`${product.url}/api/v1/connections/${connectionId}/token`)

  await test.step('the page of the key has it no more', async () => {
    await expect(page.getByRole('heading', { level: 1, name: 'Nightly export' })).toBeVisible()
    await expect(page.getByText('Not used yet')).toBeVisible()
    expect(await page.content()).not.toContain(key.slice(10))
    await expectGoodPage(page)
  })

  await test.step('curl reads a token, and the open page tells of it', async () => {
    const { status, body } = await curl(command)
    expect([status, Object.keys(JSON.parse(body))]).toEqual([200, expect.arrayContaining(['access_token'])])
    await expect(page.getByText('1 token read, 0 calls through Patchbay.')).toBeVisible()
    await expect(page.getByRole('table', { name: 'Last token reads' })).toContainText('Joan Mercer')
  })

  await test.step('a call through Patchbay moves it too', async () => {
    const { status } = await curl(
      command.replace(`connections/${connectionId}/token`, `proxy/${connectionId}/api/v1/templates.json`),
    )
    expect(status).toBe(200)
    await expect(page.getByText('1 token read, 1 call through Patchbay.')).toBeVisible()
    await expectGoodPage(page)
  })

  await test.step('another connection does not exist for it', async () => {
    const { status } = await curl(command.replace(connectionId, `con_${'0'.repeat(26)}`))
    expect(status).toBe(404)
  })

  await test.step('revoked, it opens nothing any more', async () => {
    await page.getByRole('button', { name: 'Revoke' }).click()
    const asked = page.getByRole('alertdialog')
    await asked.getByLabel(/Type Nightly export/).fill('Nightly export')
    await asked.getByRole('button', { name: 'Revoke the key' }).click()
    await expect(page.getByText('This key was revoked: it opens nothing any more.')).toBeVisible()
    await expect
      .poll(() => curl(command))
      .toMatchObject({ status: 401, body: expect.stringMatching(/revoked/) })
    await expectGoodPage(page)
    await page.goto(path)
    await expect(page.getByRole('table', { name: 'Ended keys' })).toContainText('Nightly export')
    await page.goto('/activity')
    await expect(page.getByText(/revoked the API key/)).toBeVisible()
    expect(await page.content()).not.toContain(key.slice(10))
  })
})

test('a viewer sees the keys, and can neither make nor revoke one', async ({ page, product, another }) => {
  await page.goto(`${path}/new`)
  await page.getByLabel('Name', { exact: true }).fill('Report')
  await page.getByRole('checkbox', { name: /List connections/ }).check()
  await page.getByLabel('Ends', { exact: true }).selectOption('custom')
  const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10)
  await page.getByLabel('Last day').fill(days(3))
  await page.getByRole('button', { name: 'Create key' }).click()
  await page.getByRole('button', { name: 'I have stored it' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Report' })).toBeVisible()
  await expect(page.getByText('This key ends soon.')).toBeVisible()

  await page.getByLabel('Requests a minute').fill('60')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()

  const viewer = await another(await personWith('viewer', product))
  await viewer.goto(path)
  await expect(viewer.getByText('A key ends within a week.')).toBeVisible()
  await expect(viewer.getByText('Making and revoking keys needs the role admin.')).toBeVisible()
  await expect(viewer.getByRole('link', { name: 'Create key' })).toHaveCount(0)
  await expectGoodPage(viewer)
  await viewer
    .getByRole('table', { name: 'Keys' })
    .getByRole('link', { name: /Report/ })
    .click()
  const button = viewer.getByRole('button', { name: /Revoke/ })
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await expect(button).toHaveAccessibleName(/needs the role admin/)
  await expect(viewer.getByRole('button', { name: 'Save' })).toHaveCount(0)
  await expectGoodPage(viewer)
  await viewer.goto(`${path}/new`)
  await expect(viewer.getByText('Creating a key needs the role admin.')).toBeVisible()
})
