import { describe, expect, it } from 'vitest'
import { clockOffset } from './clock-offset'

const at = (ms: number) => new Date(1_700_000_000_000 + ms)

describe('the offset to the database’s clock', () => {
  it.each([
    ['is the difference from the middle of the round trip', 0, 40, 300_020, 300_000],
    ['is negative for a process that is ahead', 0, 40, -299_980, -300_000],
    ['is none within half a second: NTP keeps clocks closer than that', 0, 20, 500, 0],
    ['begins beyond half a second', 0, 0, 501, 501],
    ['is not told by an answer that took longer than a second', 0, 1_001, 300_000, null],
    ['is not told when the own clock was set back meanwhile', 0, -5, 300_000, null],
  ])('%s', (_words, sent, received, database, offset) => {
    expect(clockOffset({ sentAt: at(sent), receivedAt: at(received), databaseAt: at(database) })).toBe(offset)
  })
})
