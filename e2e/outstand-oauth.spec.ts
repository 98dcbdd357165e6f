import { arrivedAt, connectAs, expectStatus, pressConnect } from '../tests/product/connecting'
import { expect, test } from '../tests/product/journey'

test('an Outstand account is connected, shown, renewed and opened', async ({ page, product, sandbox }) => {
  const id = await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  await expect(page.getByRole('heading', { level: 1, name: 'Joan Mercer' })).toBeVisible()
  await expectStatus(page, 'Healthy')

  await test.step('its scopes are those that token/info reports', async () => {
    await page.goto(`/connections/${id}/scopes`)
    for (const scope of ['identity', 'read', 'write'])
      await expect(page.getByRole('main').getByText(scope, { exact: true }).first()).toBeVisible()
  })

  await test.step('Refresh now renews it with one call', async () => {
    await page.goto(`/connections/${id}`)
    await page.getByRole('button', { name: 'Refresh now' }).click()
    await expect(page.getByText('The token was renewed.')).toBeVisible()
    expect((await sandbox.tokenCalls('outstand')).map(({ grantType }) => grantType)).toEqual([
      'authorization_code',
      'refresh_token',
    ])
    await expectStatus(page, 'Healthy')
  })

  await test.step('Open in Outstand signs in there, without a token in any address', async () => {
    const opened = page.context().waitForEvent('page')
    await page.getByRole('button', { name: 'Open in Outstand' }).click()
    const tab = await opened
    await expect(tab.getByRole('heading', { name: 'Signed in as Joan Mercer' })).toBeVisible()
    expect(new URL(tab.url()).search).toBe('')
    await tab.close()
  })
})

test('a white label is connected as an application, which acts for nobody', async ({ page, product }) => {
  await pressConnect(page, product, 'sandbox-outstand-whitelabel', /^Connect by .*application/i)
  await arrivedAt(page)
  await expectStatus(page, 'Healthy')
  await expect(page.getByText(/application level/i).first()).toBeVisible()
})

test('an expired token is renewed when it is needed, by itself', async ({ page, product, sandbox }) => {
  const id = await connectAs(page, product, 'sandbox-outstand', 'Samir Haddad')
  await sandbox.act('outstand', 'expire', { app: 'sandbox-outstand' })
  await product.database.query(
    `UPDATE connection SET access_expires_at = now() - interval '1 minute' WHERE id = $1`,
    [id],
  )
  await product.database.query(
    `UPDATE token_pair SET access_expires_at = now() - interval '1 minute' WHERE connection_id = $1`,
    [id],
  )
  const opened = page.context().waitForEvent('page')
  await page.getByRole('button', { name: 'Open in Outstand' }).click()
  const tab = await opened
  await expect(tab.getByRole('heading', { name: 'Signed in as Samir Haddad' })).toBeVisible()
})
