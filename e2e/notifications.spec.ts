import { Webhook } from 'standardwebhooks'
import { type FakeServer, fakeServer } from '../tests/fake-server'
import { expect, personWith, test } from '../tests/product/journey'
import { expectGoodPage } from '../tests/product/page-checks'

const path = '/settings/notifications'

let receiver: FakeServer
let status = 204
test.beforeAll(async () => {
  receiver = await fakeServer(() => ({ status, body: status === 204 ? undefined : 'not now' }))
})
test.beforeEach(() => {
  status = 204
  receiver.calls.length = 0
})
test.afterAll(() => receiver.close())

test('a webhook is added, shows its secret once, is tested, and its deliveries are listed', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/settings')
  await page.getByRole('link', { name: 'Notifications' }).click()
  await expect(page.getByText('Nobody is told yet')).toBeVisible()
  await expectGoodPage(page)
  await page.getByRole('link', { name: 'Add a channel' }).click()

  await test.step('mail says which variables are missing', async () => {
    await expect(page.getByRole('radio', { name: /E-mail/ })).toBeDisabled()
    await expect(page.getByText('Set SMTP_URL and MAIL_FROM')).toBeVisible()
  })

  await test.step('a wrong address is told beside its field', async () => {
    await page.getByLabel('Name', { exact: true }).fill('Incident tool')
    await page.getByLabel('URL', { exact: true }).fill('http://hooks.example.com/x')
    await page.getByRole('button', { name: 'Add the channel' }).click()
    await expect(page.getByLabel('URL', { exact: true })).toHaveAccessibleDescription(/must begin with https/)
    await expectGoodPage(page)
  })

  const dialog = page.getByRole('dialog', { name: 'Signing secret' })
  const secret = await test.step('the secret is shown, and closing asks until it is copied', async () => {
    await page.getByLabel('URL', { exact: true }).fill(`${receiver.origin}/hook`)
    await page.getByRole('button', { name: 'Add the channel' }).click()
    await expect(dialog).toBeVisible()
    await page.keyboard.press('Escape')
    const asked = page.getByRole('alertdialog', { name: 'Close without copying?' })
    await expect(asked).toBeVisible()
    await asked.getByRole('button', { name: 'Show it again' }).click()
    await dialog.getByRole('button', { name: 'Copy signing secret' }).click()
    await expect(dialog.getByText('Copied signing secret')).toBeAttached()
    const shown = await page.evaluate(() => navigator.clipboard.readText())
    await dialog.getByRole('button', { name: 'I have stored it' }).click()
    return shown
  })

  await test.step('a test message arrives, signed, and its answer is told', async () => {
    await expect(page.getByRole('heading', { level: 1, name: 'Incident tool' })).toBeVisible()
    await page.getByRole('button', { name: 'Send test' }).click()
    await expect(page.getByText('Test message sent, answered 204.')).toBeVisible()
    const [call] = receiver.calls
    const headers = Object.fromEntries(
      Object.entries(call?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    )
    expect(new Webhook(secret).verify(call?.body ?? '', headers)).toMatchObject({ type: 'test' })
    status = 500
    await page.getByRole('button', { name: 'Send test' }).click()
    await expect(page.getByText('Not delivered, answered 500. not now')).toBeVisible()
    await expect(page).toHaveTitle(/^Incident tool/)
    await expectGoodPage(page)
    expect(await page.content()).not.toContain(secret.slice('whsec_'.length))
  })

  await test.step('the log has both, can be filtered, and what was given up is tried again', async () => {
    await page.getByRole('link', { name: 'Delivery log' }).click()
    const log = page.getByRole('table', { name: 'Deliveries, newest first' })
    await expect(log.getByRole('row')).toHaveCount(3)
    await expect(log.getByText('Answered 500. not now')).toBeVisible()
    await expectGoodPage(page)
    await page.goto(`${path}?state=waiting`)
    await expect(page.getByText('No delivery matches these filters')).toBeVisible()
    await page.getByRole('link', { name: 'Clear filters' }).click()
    status = 204
    await log.getByRole('button', { name: /Try again/ }).click()
    await expect(log.getByText('Sent', { exact: true })).toHaveCount(2, { timeout: 60_000 })
  })
})

test('an event is told to the channel that wants it, by a worker', async ({ page, product }) => {
  await page.goto(`${path}/new`)
  await page.getByLabel('Name', { exact: true }).fill('Only broken apps')
  await page.getByLabel('URL', { exact: true }).fill(`${receiver.origin}/apps`)
  await page.getByRole('radio', { name: /Only some/ }).check()
  await page.getByRole('button', { name: 'Add the channel' }).click()
  await expect(page.getByText('Choose at least one event.').first()).toBeVisible()
  await page.getByRole('checkbox', { name: /A provider app broke/ }).check()
  await page.getByRole('button', { name: 'Add the channel' }).click()
  await page.getByRole('button', { name: 'I have stored it' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Only broken apps' })).toBeVisible()
  for (const kind of ['connection.uncertain', 'app.broken'])
    await product.database.query(
      `INSERT INTO notification (id, kind, dedupe_key, at, subject_kind, subject_id, subject_name)
       VALUES ($1, $2, $1, now(), 'app', 'app_none', 'Acme sync')`,
      [`ntf_e2e_${kind}`, kind],
    )
  await expect.poll(() => receiver.calls.length, { timeout: 60_000 }).toBe(1)
  expect(JSON.parse(receiver.calls[0]?.body ?? '')).toMatchObject({ type: 'app.broken' })

  await test.step('paused, it is told of nothing; removed, it is gone', async () => {
    await page.getByRole('button', { name: 'Pause' }).click()
    await expect(page.getByText('This channel is paused')).toBeVisible()
    await page.getByRole('button', { name: 'Resume', exact: true }).click()
    await expect(page.getByText('This channel is paused')).toBeHidden()
    await page.getByRole('button', { name: 'Remove the channel' }).click()
    const asked = page.getByRole('alertdialog')
    await asked.getByLabel(/Type Only broken apps/).fill('Only broken apps')
    await asked.getByRole('button', { name: 'Remove the channel' }).click()
    await expect(page.getByText('Nobody is told yet')).toBeVisible()
  })
})

test('a viewer sees channels and log, and can change nothing', async ({ page, product, another }) => {
  await page.goto(`${path}/new`)
  await page.getByLabel('Name', { exact: true }).fill('On call')
  await page.getByLabel('URL', { exact: true }).fill(`${receiver.origin}/secret-path-1`)
  await page.getByRole('button', { name: 'Add the channel' }).click()
  await page.getByRole('button', { name: 'I have stored it' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'On call' })).toBeVisible()
  const viewer = await another(await personWith('viewer', product))
  await viewer.goto(path)
  await expect(viewer.getByText('Changing channels needs the role admin.')).toBeVisible()
  await expect(viewer.getByRole('link', { name: 'Add a channel' })).toHaveCount(0)
  await expectGoodPage(viewer)
  await viewer.getByRole('link', { name: 'On call' }).click()
  const button = viewer.getByRole('button', { name: /Send test/ })
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await expect(button).toHaveAccessibleName(/needs the role admin/)
  await expect(viewer.getByRole('button', { name: 'Save' })).toHaveCount(0)
  expect(await viewer.content()).not.toContain('secret-path-1')
  await expectGoodPage(viewer)
  await viewer.goto(`${path}/new`)
  await expect(viewer.getByText('Adding a channel needs the role admin.')).toBeVisible()
})
