import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Themes to look at, widths to squeeze it into: what a page must stand. */
export async function expectGoodPage(page: Page): Promise<void> {
  // What is judged is the page, not the skeleton before it.
  await expect(page.locator('main .skeleton')).toHaveCount(0)
  await expect(page).toHaveTitle(/./)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expectAccessible(page, colorScheme)
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await expectNoSidewaysScroll(page)
}

/** axe-core's rules for WCAG 2.2 AA and good practice. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  // The debugger's door: a script tag would be stopped by our own content security policy.
  await page.evaluate(axeSource)
  const results: AxeResults = await page.evaluate(() => Reflect.get(window, 'axe').run())
  expect(results.passes.length, 'axe looked at nothing').toBeGreaterThan(0)
  const faults = results.violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    at: nodes.slice(0, 5).map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`),
  }))
  expect(faults, `axe on ${page.url()} (${where})`).toEqual([])
}

/** At 390 px nothing of the page is wider than the screen. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const before = page.viewportSize()
  await page.setViewportSize({ width: 390, height: 844 })
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth > clientWidth ? `${scrollWidth} px on a screen of ${clientWidth}` : null
  })
  expect(wide, `${page.url()} scrolls sideways`).toBeNull()
  if (before) await page.setViewportSize(before)
}
