import { expect, it } from 'vitest'
import { formatCheck, parseCheck } from './check-result'

it('a stored check reads back, anything else is none', () => {
  const check = { kind: 'wrong_credentials', words: 'Client id and secret: refused. ok: no.' } as const
  expect(parseCheck(formatCheck(check))).toEqual(check)
  for (const text of [null, '', 'ok', 'fine: yes']) expect(parseCheck(text)).toBeNull()
})
