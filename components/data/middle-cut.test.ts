import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { middleCut } from './middle-cut'

describe('middleCut', () => {
  it('keeps the end of a long id', () => {
    expect(middleCut('con_01jd4k2m9pz7', 4)).toEqual({ head: 'con_01jd4k2m', tail: '9pz7' })
  })

  it('keeps at most half of a short text for the tail', () => {
    expect(middleCut('abcd', 8)).toEqual({ head: 'ab', tail: 'cd' })
    expect(middleCut('', 8)).toEqual({ head: '', tail: '' })
  })

  it('loses and breaks no character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, tailMax) => {
        const { head, tail } = middleCut(text, tailMax)
        expect(head + tail).toBe(text)
      }),
    )
  })
})
