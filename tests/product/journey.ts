import { test as base } from '@playwright/test'
import { startTestProduct, type TestProduct } from './test-product'

const startsWithinMs = 120_000

/**
 * The `test` of browser journeys: each worker has a product of its own, so that a journey may move the sandbox's clock or
 * lock an org without disturbing another. `page.goto('/')` goes to that product.
 */
export const test = base.extend<{ baseURL: string }, { product: TestProduct }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function wants from its first pattern
    async ({}, use) => {
      const product = await startTestProduct()
      await use(product)
      await product.close()
    },
    { scope: 'worker', timeout: startsWithinMs },
  ],
  baseURL: async ({ product }, use) => use(product.url),
})

export { expect } from '@playwright/test'
