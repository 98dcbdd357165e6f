import { connectAs } from '../tests/product/connecting'
import { expect, test } from '../tests/product/journey'
import { expectGoodPage } from '../tests/product/page-checks'
import type { TestProduct } from '../tests/product/test-product'

/*
 * What an admin sees of the renewals: banners over every page, the figures of the overview, why a connection is not well, and
 * what became of every call.
 */

const tell = (product: TestProduct, topic: string) =>
  product.database.query(`SELECT pg_notify('patchbay_live', $1)`, [JSON.stringify({ topic, id: 'test' })])

test('every page says that no worker renews tokens, and stops saying so, without a reload', async ({
  page,
  product,
}) => {
  const banner = page.getByText(/Tokens are not being renewed/)
  await page.goto('/settings')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(banner).toHaveCount(0)
  await product.database.query(`UPDATE process_beat SET roles = '{web}'`)
  await product.database.query(
    `INSERT INTO process_beat (id, host, pid, roles, version, started_at, beat_at)
     VALUES ('prc_gone', 'elsewhere', 1, '{worker}', '1', now() - interval '1 day', now() - interval '5 minutes')`,
  )
  await tell(product, 'instance')
  await expect(banner).toBeVisible()
  await expectGoodPage(page)
  await product.database.query(`UPDATE process_beat SET beat_at = now() WHERE id = 'prc_gone'`)
  await tell(product, 'instance')
  await expect(banner).toHaveCount(0)
})

test('a provider that refuses many is told, with nothing to do', async ({ page, product }) => {
  await product.database.query(
    `INSERT INTO provider_trouble (id, provider, base_url, open_key, began_at, retry_at, refused, code, words)
     VALUES ('trb_test', 'outreach', 'https://api.outreach.io', 'outreach https://api.outreach.io',
       now() - interval '3 minutes', now(), 300, 'invalid_grant', 'The grant is invalid.')`,
  )
  for (const path of ['/', '/connections']) {
    await page.goto(path)
    await expect(page.getByText(/Outreach refuses many accounts at once/)).toBeVisible()
    await expect(page.getByText(/Nothing has to be done. 300 accounts/)).toBeVisible()
  }
  await expectGoodPage(page)
})

test('why a connection is not well: what failed, in whose words, and what happens next', async ({
  page,
  product,
}) => {
  const id = await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  const set = (facts: string) => product.database.query(`UPDATE connection SET ${facts} WHERE id = $1`, [id])
  const card = page.getByRole('region', { name: 'Why' })
  await set(
    `own_status = 'retrying', retrying_since = now() - interval '20 minutes', failure_count = 4,
     next_attempt_at = now() + interval '8 minutes', failure_at = now() - interval '1 minute',
     failure_code = 'http_503', failure_words = 'Down for maintenance.'`,
  )
  await page.goto(`/connections/${id}`)
  await expect(card.getByText('The provider answered with status 503')).toBeVisible()
  await expect(card.getByText('Down for maintenance.')).toBeVisible()
  await expect(card.getByText(/in [78] min \d\d s/)).toBeVisible()
  await expect(card.getByRole('button', { name: 'Refresh now' })).toBeVisible()
  await expectGoodPage(page)

  await page.goto('/')
  await expect(page.getByText('Down for maintenance.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Refresh .* now$/ })).toBeVisible()

  await page.goto('/connections')
  await page.getByRole('button', { name: 'Retrying' }).focus()
  await page.keyboard.press('Enter')
  const explained = page.getByRole('group', { name: 'About the status Retrying' })
  await expect(explained.getByText('Renew the token again')).toBeVisible()
  await expect(explained.getByText('(http_503)')).toBeVisible()

  const others: [string, string][] = [
    [
      `own_status = 'needs_reconnect', needs_reconnect_at = now(), failure_code = 'invalid_grant'`,
      'Reconnect',
    ],
    [`own_status = 'uncertain', needs_reconnect_at = NULL, uncertain_at = now()`, 'Reconnect'],
    [
      `own_status = 'suspended', uncertain_at = NULL, suspended_at = now(), suspended_reason = 'The organization is locked.'`,
      'Check again',
    ],
  ]
  for (const [facts, button] of others) {
    await set(facts)
    await page.goto(`/connections/${id}`)
    await expect(card.getByRole('button', { name: button, exact: true })).toBeVisible()
    await expectGoodPage(page)
  }
})

test('the history groups calls by day, with outcome, length and the figures of thirty days', async ({
  page,
  product,
}) => {
  const id = await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  await product.database.query(
    `INSERT INTO rotation_journal (id, connection_id, kind, cause, generation, outcome, started_at, ended_at, failure_code, failure_words)
     SELECT 'rot_0000000000000000000000000' || n, $1, 'refresh', 'due', n,
            (CASE WHEN n = 2 THEN 'transient' ELSE 'renewed' END)::"RotationOutcome",
            now() - n * interval '26 hours', now() - n * interval '26 hours' + interval '1400 milliseconds',
            CASE WHEN n = 2 THEN 'http_503' END, CASE WHEN n = 2 THEN 'Down for maintenance.' END
       FROM generate_series(1, 5) AS n`,
    [id],
  )
  await page.goto(`/connections/${id}/history`)
  await expect(page.getByText('took 1.4 s')).toHaveCount(5)
  await expect(page.getByText('Failed for now')).toBeVisible()
  expect(await page.getByRole('heading', { level: 3 }).count()).toBeGreaterThanOrEqual(5)
  const figures = page.getByLabel('Token calls of the last 30 days')
  await expect(figures.getByText('2 days')).toBeVisible()
  await expectGoodPage(page)
})
