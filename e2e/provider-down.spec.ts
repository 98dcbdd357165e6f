import {
  allow,
  arrivedAt,
  connectAs,
  expectStatus,
  pressConnect,
  signInAs,
} from '../tests/product/connecting'
import { expect, test } from '../tests/product/journey'

/** What the token endpoint does with the one code, and the words for it. */
const faults: { name: string; action: string; input: object }[] = [
  { name: 'answers 503', action: 'answer-5xx', input: {} },
  { name: 'answers with a web page', action: 'answer-html', input: {} },
  { name: 'answers with nothing', action: 'answer-empty', input: {} },
  { name: 'answers with 5 MB', action: 'answer-huge', input: {} },
  { name: 'loses the answer', action: 'lose-answer', input: {} },
  { name: 'asks to wait', action: 'answer-429', input: { retryAfter: '60' } },
]

for (const { name, action, input } of faults) {
  test(`a provider that ${name} ends the flow in words, and the next try works`, async ({
    page,
    product,
    sandbox,
  }) => {
    await pressConnect(page, product, 'sandbox-outstand')
    await signInAs(page, 'Joan Mercer')
    await sandbox.act('outstand', action, input)
    await allow(page)
    await expect(page.getByText('It could not be connected')).toBeVisible()
    await expect(page.getByText(/Outstand did not give a usable answer/)).toBeVisible()
    expect((await product.database.query('SELECT 1 FROM connection')).rowCount).toBe(0)
    // A code is never sent twice.
    expect(await sandbox.tokenCalls('outstand')).toHaveLength(1)
    await page.getByRole('button', { name: 'Try again' }).click()
    // After a lost answer the grant stands there, so that Outstand asks nothing more.
    if (action !== 'lose-answer') await allow(page)
    await arrivedAt(page)
    await expectStatus(page, 'Healthy')
  })
}

test('a provider that does not answer is given up after ten seconds', async ({ page, product, sandbox }) => {
  await pressConnect(page, product, 'sandbox-outstand')
  await signInAs(page, 'Joan Mercer')
  await sandbox.act('outstand', 'slow', { ms: 60_000 })
  await allow(page)
  await expect(page.getByText('It could not be connected')).toBeVisible()
  await expect(page.getByText(/Outstand did not give a usable answer/)).toBeVisible()
})

test('who came back is not known while the API is down: the pair is stored all the same', async ({
  page,
  product,
  sandbox,
}) => {
  await pressConnect(page, product, 'sandbox-outreach-prod')
  await signInAs(page, 'Carla Nunes')
  await sandbox.act('outreach', 'answer-5xx', { on: 'api', times: 3 })
  await allow(page)
  await arrivedAt(page)
  expect((await product.database.query('SELECT 1 FROM token_pair')).rowCount).toBe(1)
})

test('a refresh that fails for a passing reason keeps the token, and comes back', async ({
  page,
  product,
  sandbox,
}) => {
  await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  await sandbox.act('outstand', 'answer-5xx')
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(page.getByText(/The token was not renewed/)).toBeVisible()
  await expectStatus(page, 'Retrying')
  await page.getByRole('button', { name: 'Refresh now' }).first().click()
  await expectStatus(page, 'Healthy')
})

test('a lost answer to a refresh is recovered with the stored refresh token', async ({
  page,
  product,
  sandbox,
}) => {
  await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  await sandbox.act('outstand', 'lose-answer')
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(page.getByText(/The token was not renewed/)).toBeVisible()
  await page.getByRole('button', { name: 'Refresh now' }).first().click()
  await expectStatus(page, 'Healthy')
})

test('where a spent refresh token dies at once, a lost answer is uncertain, not healthy', async ({
  page,
  product,
  sandbox,
}) => {
  await sandbox.act('outstand', 'rotation-mode', { mode: 'immediate' })
  await connectAs(page, product, 'sandbox-outstand', 'Joan Mercer')
  await sandbox.act('outstand', 'lose-answer')
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(page.getByText(/The token was not renewed/)).toBeVisible()
  await page.getByRole('button', { name: 'Refresh now' }).first().click()
  await expectStatus(page, 'Uncertain')
})
