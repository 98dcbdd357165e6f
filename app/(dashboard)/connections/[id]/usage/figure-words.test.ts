import { expect, it } from 'vitest'
import { bytesWords, shareWords } from './figure-words'

it('says a share as finely as it matters', () => {
  expect([0, 0.0002, 0.004, 0.05, 0.123, 1].map(shareWords)).toEqual([
    '0 %',
    '< 0.1 %',
    '0.4 %',
    '5 %',
    '12 %',
    '100 %',
  ])
})

it('says an amount of data in its largest fitting unit', () => {
  expect([0, 812, 999, 1000, 12_345, 999_600, 1_240_000, 5e15].map(bytesWords)).toEqual([
    '0 B',
    '812 B',
    '999 B',
    '1.0 kB',
    '12 kB',
    '1.0 MB',
    '1.2 MB',
    '5000 TB',
  ])
})
