import { expect, it } from 'vitest'
import { makeSlug } from './app-slug'

const random = Uint8Array.of(0, 31, 255, 64)

it.each([
  ['Sales Sync', 'sales-sync-0zz0'],
  ['  Über–Café #2 ', 'uber-cafe-2-0zz0'],
  ['顧客', 'outreach-0zz0'],
  ['outreach', 'outreach-0zz0'],
  ['../../etc', 'etc-0zz0'],
])('makes of %j a part of a URL with a tail of its own', (name, slug) => {
  expect(makeSlug(name, 'outreach', random)).toBe(slug)
})
