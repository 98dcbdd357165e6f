import { hash } from 'node:crypto'
import { z } from 'zod'
import { PatchbayError } from '../../core/errors'
import { isConnectionId } from './not-found'

const cursorSchema = z.tuple([z.string().refine(isConnectionId), z.string()])

/** What a list was asked for: a place in one list says nothing of another. */
export type ListTerms = Readonly<Record<string, string | undefined>>

/** The place after a connection, in the list of these terms. */
export function writeListCursor(id: string, terms: ListTerms): string {
  return Buffer.from(JSON.stringify([id, markOf(terms)])).toString('base64url')
}

/**
 * @returns the id after which the page begins
 * @throws PatchbayError `invalid_input` for what is no cursor, or one of other terms
 */
export function readListCursor(text: string, terms: ListTerms): string {
  const place = placeOf(text)
  if (place && place[1] === markOf(terms)) return place[0]
  throw new PatchbayError(
    'invalid_input',
    'cursor: take it from `next_cursor`, and ask with the same filters.',
    {
      field: 'cursor',
    },
  )
}

function placeOf(text: string): [string, string] | null {
  try {
    return cursorSchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))).data ?? null
  } catch {
    return null
  }
}

function markOf(terms: ListTerms): string {
  const named = Object.keys(terms)
    .sort()
    .map((name) => [name, terms[name] ?? null])
  return hash('sha256', JSON.stringify(named), 'base64url').slice(0, 12)
}
