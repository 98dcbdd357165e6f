import {
  allow,
  arrivedAt,
  connectAs,
  expectStatus,
  pressConnect,
  signInAs,
} from '../tests/product/connecting'
import { expect, test } from '../tests/product/journey'

test('a session that lapses at the provider during consent is signed in again there', async ({
  page,
  product,
  sandbox,
}) => {
  await pressConnect(page, product, 'sandbox-outreach-prod')
  await signInAs(page, 'Mira Solano')
  await expect(page.getByRole('button', { name: 'Allow', exact: true })).toBeVisible()
  await sandbox.act('outreach', 'end-sessions')
  await allow(page)
  await signInAs(page, 'Mira Solano')
  await allow(page)
  await arrivedAt(page)
  await expectStatus(page, 'Healthy')
})

test('a session that lapses here during consent is opened again, and the flow goes on', async ({
  page,
  product,
  sandbox,
}) => {
  await pressConnect(page, product, 'sandbox-outstand')
  await signInAs(page, 'Samir Haddad')
  await product.database.query(`UPDATE session SET ended_at = now() WHERE ended_at IS NULL`)
  try {
    await allow(page)
    await expect(page).toHaveURL(/\/sign-in\?next=/)
    await expect(page.getByText('To go on where you were.')).toBeVisible()
    expect(await sandbox.tokenCalls('outstand')).toEqual([])
    await page.getByLabel('E-mail').fill(product.admin.email)
    await page.getByLabel('Password').fill(product.admin.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await arrivedAt(page)
    await expectStatus(page, 'Healthy')
    expect(await sandbox.tokenCalls('outstand')).toHaveLength(1)
  } finally {
    await product.database.query(`UPDATE session SET ended_at = NULL`)
  }
})

test('grants of development credentials that lapse are told as the expected lapse', async ({
  page,
  product,
  sandbox,
}) => {
  // Somebody of another company than the one that owns the app.
  const id = await connectAs(page, product, 'sandbox-outreach-dev', 'Grace Oyelaran')
  await product.database.query(`UPDATE connection SET consent_at = now() - interval '7 days' WHERE id = $1`, [
    id,
  ])
  await product.database.query(
    `UPDATE rotation_journal SET started_at = started_at - interval '7 days', ended_at = ended_at - interval '7 days'`,
  )
  await product.database.query(`UPDATE token_pair SET obtained_at = obtained_at - interval '7 days'`)
  await sandbox.act('outreach', 'lapse')
  await page.reload()
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expectStatus(page, 'Needs reconnect')
  await expect(page.getByText(/lapse/i).first()).toBeVisible()
})
