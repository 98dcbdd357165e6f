import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Secret } from '../core/secret'
import { hashKey, isKey, keyHint, newKey } from './key-format'

const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)) }
const digit = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')

describe('an API key', () => {
  test('has the form that secret scanners look for, and is never made twice', () => {
    const keys = Array.from({ length: 500 }, () => newKey(random).reveal())
    for (const key of keys) expect(key).toMatch(/^pbk_[0-9A-Za-z]{38}$/)
    expect(keys.every(isKey)).toBe(true)
    expect(new Set(keys).size).toBe(500)
  })

  test('begins with its hint, which tells little of it', () => {
    const key = newKey(random)
    expect(keyHint(key)).toMatch(/^pbk_[0-9A-Za-z]{6}$/)
    expect(key.reveal().startsWith(keyHint(key))).toBe(true)
  })

  test('is told from a mistyped one: any digit replaced, any two neighbours swapped', () => {
    fc.assert(
      fc.property(fc.nat(37), digit, (at, other) => {
        const key = newKey(random).reveal()
        const place = 4 + at
        const replaced = key.slice(0, place) + other + key.slice(place + 1)
        expect(isKey(replaced)).toBe(replaced === key)
        const swapped =
          key.slice(0, place - 1) + key.charAt(place) + key.charAt(place - 1) + key.slice(place + 1)
        expect(isKey(swapped)).toBe(swapped === key)
      }),
    )
  })

  test('is nothing else, whatever is sent', () => {
    for (const text of ['', 'pbk_', `pbk_${'0'.repeat(38)}`, `pbk_${'é'.repeat(38)}`, 'x'.repeat(10_000)]) {
      expect(isKey(text)).toBe(false)
    }
    fc.assert(fc.property(fc.string(), (text) => !isKey(text)))
    expect(isKey(`${newKey(random).reveal()}\n`)).toBe(false)
  })

  test('takes no byte that would make some digits likelier', () => {
    let asked = 0
    const biased = {
      bytes: (count: number) => new Uint8Array(count).fill(asked++ === 0 ? 255 : 61),
    }
    expect(newKey(biased).reveal()).toMatch(/^pbk_z{32}/)
    expect(asked).toBe(2)
  })

  test('is stored as its SHA-256', () => {
    expect(hashKey(Secret.of('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  test('has a checksum that other programs can compute', () => {
    // Python: zlib.crc32(b'pbk_' + b'a' * 32) is 3860150507.
    expect(isKey(`pbk_${'a'.repeat(32)}4DEnU3`)).toBe(true)
  })
})
