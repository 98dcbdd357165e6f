import { z } from 'zod'

/** A place in a sorted list: the sort value of one row (`null`: it has none) and its id, which makes it unique. */
export type ConnectionCursor = { value: string | null; id: string }

const cursorSchema = z.tuple([z.string().max(1_000).nullable(), z.string().regex(/^con_[0-9a-z]{26}$/)])

export function writeCursor({ value, id }: ConnectionCursor): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url')
}

/**
 * @param timed whether the sort value is an instant, which a row may lack, or a name
 * @returns `null` for what is not a cursor of this sort: the list then begins at its first page
 */
export function readCursor(text: string | null, timed: boolean): ConnectionCursor | null {
  if (text === null) return null
  try {
    const [value, id] = cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    if (value === null) return timed ? { value, id } : null
    if (timed ? Number.isNaN(Date.parse(value)) : value.includes('\0')) return null
    return { value, id }
  } catch {
    return null
  }
}
