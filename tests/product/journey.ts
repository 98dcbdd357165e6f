import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { type ConsoleWatch, watchConsole } from './console-watch'
import { type Person, personWith, type SessionState, signedInState } from './people'
import type { SandboxControl } from './sandbox-control'
import { startTestProduct, type TestProduct } from './test-product'

const startsWithinMs = 300_000

type JourneyFixtures = {
  sandbox: SandboxControl
  /** What the browser's console may say in this journey; anything else of ours fails it. */
  consoleWatch: ConsoleWatch
  /** Another browser, signed in as `who`, or as nobody. */
  another(who: Person | null): Promise<Page>
}

type ProductFixtures = {
  product: TestProduct
  owner: Person & { state: SessionState }
}

/**
 * The `test` of browser journeys: each worker has a product of its own, emptied before each journey, so that one may move the
 * sandbox's clock or lock an org without disturbing another. `page` is signed in as the owner; for a visitor say
 * `test.use({ storageState: visitor })`. A journey fails when one of our pages writes an error to the console, and a broken
 * content security policy is one.
 */
export const test = base.extend<JourneyFixtures, ProductFixtures>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function wants from its first pattern
    async ({}, use) => {
      const product = await startTestProduct()
      await use(product)
      await product.close()
    },
    { scope: 'worker', timeout: startsWithinMs },
  ],
  owner: [
    async ({ product }, use) => {
      const person = { name: product.admin.email, ...product.admin }
      await use({ ...person, state: await signedInState(product.url, person) })
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ product }, use) => use(product.url),
  storageState: async ({ owner }, use) => use(owner.state),
  sandbox: [
    async ({ product }, use) => {
      await product.reset()
      await use(product.sandbox)
    },
    { auto: true },
  ],
  consoleWatch: [
    async ({ context, product }, use) => {
      const watch = watchConsole(product.url)
      watch.add(context)
      await use(watch)
      expect(watch.complaints()).toEqual([])
    },
    { auto: true },
  ],
  another: async ({ browser, product, consoleWatch }, use) => {
    const opened: BrowserContext[] = []
    await use(async (who) => {
      const storageState = who ? await signedInState(product.url, who) : visitor
      const context = await browser.newContext({ baseURL: product.url, storageState })
      opened.push(context)
      consoleWatch.add(context)
      return context.newPage()
    })
    for (const context of opened) await context.close()
  },
})

/** A browser in which nobody is signed in. */
export const visitor = { cookies: [], origins: [] }

export { expect, type Page, personWith }
