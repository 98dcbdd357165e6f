import { expect, it } from 'vitest'
import { installReference, parseReference } from './install-reference'

it('spells forty random bits in two groups of four', () => {
  expect(installReference(new Uint8Array(5))).toBe('0000-0000')
  expect(installReference(new Uint8Array(5).fill(255))).toBe('ZZZZ-ZZZZ')
  expect(installReference(Uint8Array.of(0, 0, 0, 0, 33))).toBe('0000-0011')
})

it('reads a reference as people type it', () => {
  expect(parseReference(' 7kq2 xf0m')).toBe('7KQ2-XF0M')
  expect(parseReference('7KQ2-XFOL')).toBe('7KQ2-XF01')
  expect(parseReference('7KQ2-XF0')).toBeNull()
  expect(parseReference('7KQ2-XF0U')).toBeNull()
})
