import { expect, it } from 'vitest'
import { readExpiry, readLimit } from './read-key-form'

const now = new Date('2026-11-21T08:00:00Z')
function form(fields: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

it('reads an end as days from now, as the end of a day, or as none', () => {
  expect(readExpiry(form({ expiry: '30' }), now)).toEqual(new Date('2026-12-21T08:00:00Z'))
  expect(readExpiry(form({ expiry: 'custom', expiresAt: '2026-12-31' }), now)).toEqual(
    new Date('2027-01-01T00:00:00Z'),
  )
  expect(readExpiry(form({ expiry: 'never' }), now)).toBeNull()
})

it('refuses what is no end', () => {
  const wrong = { code: 'invalid_input', detail: { field: 'expiresAt' } }
  const wrongForms: Record<string, string>[] = [
    {},
    { expiry: '-1' },
    { expiry: 'soon' },
    { expiry: 'custom', expiresAt: '' },
    { expiry: 'custom', expiresAt: '2026-13-40' },
  ]
  for (const fields of wrongForms)
    expect(() => readExpiry(form(fields), now)).toThrow(expect.objectContaining(wrong))
})

it('reads a limit, and an empty field as none', () => {
  expect(readLimit(form({ requestsPerMinute: ' 600 ' }))).toBe(600)
  expect(readLimit(form({ requestsPerMinute: '' }))).toBeNull()
  expect(readLimit(form({}))).toBeNull()
  for (const requestsPerMinute of ['many', '-1', '1.5', '1e3'])
    expect(() => readLimit(form({ requestsPerMinute }))).toThrow('whole number')
})
