import { expect, it } from 'vitest'
import { isUnreachable } from './is-unreachable'

const withCode = (code: string) => Object.assign(new Error('failed'), { code })

it.each(['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03', '08006', '53300', 'P1001'])(
  'an error of the code %s says that the database was not there',
  (code) => {
    expect(isUnreachable(withCode(code))).toBe(true)
    expect(isUnreachable(new Error('the statement failed', { cause: withCode(code) }))).toBe(true)
  },
)

it('so do the driver’s own words, which have no code', () => {
  expect(isUnreachable(new Error('Connection terminated unexpectedly'))).toBe(true)
  expect(isUnreachable(new Error('timeout exceeded when trying to connect'))).toBe(true)
})

it.each([withCode('23505'), withCode('42P01'), new Error('something else'), 'ECONNREFUSED', null])(
  'a wrong statement is not taken for it: %s',
  (error) => expect(isUnreachable(error)).toBe(false),
)
