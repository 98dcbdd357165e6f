import { describe, expect, test } from 'vitest'
import { createReadSheets } from './read-sheets'

const row = (connectionId: string, reads: number, minuteMs = 0, keyId = 'apk_1') => ({
  keyId,
  connectionId,
  minuteMs,
  reads,
})

describe('read sheets', () => {
  test('count by key, minute and connection, and give the oldest first', () => {
    const sheets = createReadSheets()
    for (let n = 0; n < 3; n += 1) sheets.add('apk_1', 'con_1', 0)
    sheets.add('apk_2', 'con_1', 0)
    sheets.add('apk_1', 'con_2', 0)
    sheets.add('apk_1', 'con_1', 60_000)
    expect(sheets.size).toBe(4)
    expect(sheets.take(3)).toEqual([row('con_1', 3), row('con_2', 1), row('con_1', 1, 0, 'apk_2')])
    expect(sheets.size).toBe(1)
    sheets.add('apk_1', 'con_1', 0)
    expect(sheets.take(10)).toEqual([row('con_1', 1, 60_000), row('con_1', 1)])
    expect([sheets.size, sheets.take(10)]).toEqual([0, []])
  })

  test('join what could not be written with what came since', () => {
    const sheets = createReadSheets()
    sheets.add('apk_1', 'con_1', 0)
    const rows = sheets.take(10)
    sheets.add('apk_1', 'con_1', 0)
    sheets.putBack(rows)
    expect(sheets.take(10)).toEqual([row('con_1', 2)])
  })

  test('take no more room than they were given', () => {
    const sheets = createReadSheets(2)
    for (const id of ['con_1', 'con_2', 'con_3', 'con_1']) sheets.add('apk_1', id, 0)
    expect(sheets.take(10)).toEqual([row('con_1', 2), row('con_2', 1)])
  })
})
