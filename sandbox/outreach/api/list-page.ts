import type { ApiRecord } from './resources'

/** One page of a collection, with the cursors of its neighbours. */
export type ListPage = {
  records: ApiRecord[]
  /** Of all pages; shown only when the caller wants it. */
  count: number
  next: string | undefined
  prev: string | undefined
}

export type ListFault = { parameter: string }

const SIZE_DEFAULT = 50
const SIZE_MAX = 1_000
const OFFSET_MAX = 10_000
const known =
  /^(?:page\[(?:size|after|before|limit|offset)\]|count|sort|filter\[[A-Za-z]+\]|fields\[[A-Za-z]+\])$/

/**
 * Reads the page that `query` asks for: `page[size]` with `page[after]` or `page[before]`, or the deprecated
 * `page[limit]` and `page[offset]`; `filter[name]=value` and `sort`. A parameter that the API does not know, or cannot
 * read, is named in a `ListFault` (HTTP 400).
 */
export function listPage(all: readonly ApiRecord[], query: URLSearchParams): ListPage | ListFault {
  for (const name of query.keys()) if (!known.test(name)) return { parameter: name }
  const countWish = query.get('count')
  if (countWish !== null && !['true', 'false'].includes(countWish)) return { parameter: 'count' }

  const sorted = sortRecords(filterRecords(all, query), query.get('sort') ?? 'id')
  const offset = wholeNumber(query.get('page[offset]'), 0, 0, OFFSET_MAX)
  if (offset === undefined) return { parameter: 'page[offset]' }
  const sizeName = query.has('page[limit]') ? 'page[limit]' : 'page[size]'
  const size = wholeNumber(query.get(sizeName), SIZE_DEFAULT, 1, SIZE_MAX)
  if (size === undefined) return { parameter: sizeName }

  const start = startOf(sorted, query, offset, size)
  if (typeof start !== 'number') return start
  const end = query.has('page[before]') ? Math.min(start + size, endBefore(sorted, query)) : start + size
  const records = sorted.slice(start, end)
  const last = records.at(-1)
  const first = records[0]
  return {
    records,
    count: sorted.length,
    next: last !== undefined && end < sorted.length ? cursorOf(last) : undefined,
    prev: first !== undefined && start > 0 ? cursorOf(first) : undefined,
  }
}

function startOf(
  sorted: readonly ApiRecord[],
  query: URLSearchParams,
  offset: number,
  size: number,
): number | ListFault {
  for (const name of ['page[after]', 'page[before]']) {
    const cursor = query.get(name)
    if (cursor === null) continue
    const index = sorted.findIndex((record) => cursorOf(record) === cursor)
    if (index === -1) return { parameter: name }
    return name === 'page[after]' ? index + 1 : Math.max(0, index - size)
  }
  return offset
}

function endBefore(sorted: readonly ApiRecord[], query: URLSearchParams): number {
  return sorted.findIndex((record) => cursorOf(record) === query.get('page[before]'))
}

function cursorOf(record: ApiRecord): string {
  return Buffer.from(`id:${record.id}`).toString('base64url')
}

function wholeNumber(text: string | null, fallback: number, min: number, max: number): number | undefined {
  if (text === null) return fallback
  const value = Number(text)
  return /^\d+$/.test(text) && value >= min && value <= max ? value : undefined
}

function filterRecords(all: readonly ApiRecord[], query: URLSearchParams): ApiRecord[] {
  const wishes = [...query].flatMap(([name, value]) => {
    const attribute = /^filter\[([A-Za-z]+)\]$/.exec(name)?.[1]
    return attribute === undefined ? [] : [{ attribute, values: value.split(',') }]
  })
  return all.filter((record) =>
    wishes.every(({ attribute, values }) => {
      const held = attribute === 'id' ? record.id : record.attributes[attribute]
      return (Array.isArray(held) ? held : [held]).some((one) => values.includes(String(one)))
    }),
  )
}

function sortRecords(records: readonly ApiRecord[], sort: string): ApiRecord[] {
  const attribute = sort.replace(/^-/, '')
  const keyOf = (record: ApiRecord) => (attribute === 'id' ? record.id : record.attributes[attribute])
  const direction = sort.startsWith('-') ? -1 : 1
  return [...records].sort((a, b) => direction * compare(keyOf(a), keyOf(b)) || a.id - b.id)
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0
}
