import { PatchbayError } from '@/lib/core/errors'

const dayMs = 24 * 60 * 60 * 1000

/**
 * The end that the form of a key asks for: some days from now, the end of a day (UTC), or `null` for never.
 *
 * @throws PatchbayError `invalid_input` for field `expiresAt`
 */
export function readExpiry(form: FormData, now: Date): Date | null {
  const choice = String(form.get('expiry'))
  if (choice === 'never') return null
  if (choice === 'custom') return endOfDay(String(form.get('expiresAt')))
  const days = Number(choice)
  if (!Number.isInteger(days) || days < 1) throw wrong('expiresAt', 'Choose when the key ends.')
  return new Date(now.getTime() + days * dayMs)
}

function endOfDay(text: string): Date {
  const startMs = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(startMs)) throw wrong('expiresAt', 'Choose the last day.')
  return new Date(startMs + dayMs)
}

/**
 * Requests a minute; `null` where the field is empty.
 *
 * @throws PatchbayError `invalid_input` for field `requestsPerMinute`
 */
export function readLimit(form: FormData): number | null {
  const text = String(form.get('requestsPerMinute') ?? '').trim()
  if (text === '') return null
  if (!/^\d{1,9}$/.test(text)) throw wrong('requestsPerMinute', 'Enter a whole number.')
  return Number(text)
}

function wrong(field: string, words: string): PatchbayError {
  return new PatchbayError('invalid_input', words, { field })
}
