import { expect, type Page } from '@playwright/test'
import type { TestProduct } from './test-product'

/** Slug of a sandbox app; the sandbox calls it the app's key. */
export type AppSlug =
  | 'sandbox-outreach-dev'
  | 'sandbox-outreach-prod'
  | 'sandbox-outreach-s2s'
  | 'sandbox-outreach-legacy'
  | 'sandbox-envoy-plugin'
  | 'sandbox-envoy-oauth'
  | 'sandbox-outstand'
  | 'sandbox-outstand-whitelabel'

/** The address of a connection's page; group 1 is its id. */
export const connectionAddress = /\/connections\/(con_\w+)$/

/** Presses Connect on an app's page. @param grant which of its buttons, where it has several */
export async function pressConnect(
  page: Page,
  product: TestProduct,
  slug: AppSlug,
  grant: RegExp = /^Connect/,
): Promise<void> {
  await page.goto(`/providers/${await appId(product, slug)}`)
  await page.getByRole('button', { name: grant }).click()
}

export async function appId({ database }: TestProduct, slug: string): Promise<string> {
  const { rows } = await database.query<{ id: string }>('SELECT id FROM provider_app WHERE slug = $1', [slug])
  if (!rows[0]) throw new Error(`there is no app ${slug}`)
  return rows[0].id
}

/** The one flow that a press of Connect has begun with a provider, as soon as it is there. */
export async function flowOf({ database }: TestProduct, provider: string): Promise<string> {
  let ids: string[] = []
  await expect
    .poll(async () => {
      const { rows } = await database.query<{ id: string }>(
        'SELECT id FROM connect_flow WHERE provider::text = $1',
        [provider],
      )
      ids = rows.map(({ id }) => id)
      return ids.length
    })
    .toBe(1)
  return ids[0] ?? ''
}

/** At a provider's sign-in page: chooses whom to be. */
export async function signInAs(page: Page, person: string): Promise<void> {
  await page.getByRole('button', { name: person }).click()
}

/** At a provider's consent page. */
export async function allow(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
}

export async function deny(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Deny', exact: true }).click()
}

/** Connect, sign in, allow. @returns the id of the connection that is shown then */
export async function connectAs(
  page: Page,
  product: TestProduct,
  slug: AppSlug,
  person: string,
): Promise<string> {
  await pressConnect(page, product, slug)
  await signInAs(page, person)
  await allow(page)
  return arrivedAt(page)
}

/** Waits for a connection's page. @returns its id */
export async function arrivedAt(page: Page): Promise<string> {
  await expect(page).toHaveURL(connectionAddress)
  return connectionAddress.exec(page.url())?.[1] ?? ''
}

/** The status in the head of a connection's page. */
export async function expectStatus(page: Page, word: string): Promise<void> {
  await expect(page.getByRole('main').getByRole('button', { name: word, exact: true }).first()).toBeVisible()
}

/**
 * Allows at the provider, but keeps the browser where it is.
 *
 * @returns the address of our callback that the provider sends it to
 */
export async function allowAndStay(page: Page): Promise<string> {
  const { action, fields } = await page.evaluate(() => {
    const button = document.querySelector<HTMLButtonElement>('button[name="decision"][value="allow"]')
    const form = button?.form
    if (!form) throw new Error('this is no consent page')
    return {
      action: form.action,
      fields: [...new FormData(form, button)].map(([name, value]) => [name, String(value)]),
    }
  })
  const answer = await page.request.post(action, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    data: new URLSearchParams(fields).toString(),
    maxRedirects: 0,
  })
  const callback = answer.headers().location
  if (!callback) throw new Error(`the provider answered ${answer.status()} and sent nobody back`)
  return callback
}
