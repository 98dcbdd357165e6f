/** One page of a v1 list: `data` beside `meta`, as Envoy's public REST API answers (providers.md 2.10). */
export type V1Page<Item> = {
  readonly data: readonly Item[]
  readonly meta: { readonly page: number; readonly perPage: number; readonly total: number }
}

const PER_PAGE_MAX = 100
const PER_PAGE_DEFAULT = 10

function count(text: string | null, fallback: number): number | null {
  if (text === null) return fallback
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
}

/**
 * Cuts one page out of `items` by `page`, `perPage`, `sort` and `order`. A page past the end is empty.
 *
 * @returns the words of a 400 when a parameter makes no sense; Envoy's own bounds are not published
 */
export function v1Page<Item extends object>(
  items: readonly Item[],
  query: URLSearchParams,
): { ok: true; page: V1Page<Item> } | { ok: false; words: string } {
  const page = count(query.get('page'), 1)
  const perPage = count(query.get('perPage'), PER_PAGE_DEFAULT)
  const order = query.get('order') ?? 'ASC'
  const sort = query.get('sort')
  if (page === null) return { ok: false, words: 'page has to be a whole number from 1' }
  if (perPage === null || perPage > PER_PAGE_MAX) {
    return { ok: false, words: `perPage has to be a whole number from 1 to ${PER_PAGE_MAX}` }
  }
  if (!/^(asc|desc)$/i.test(order)) return { ok: false, words: 'order has to be ASC or DESC' }
  if (sort !== null && !items.every((item) => sort in item)) {
    return { ok: false, words: `There is no field ${sort} to sort by` }
  }
  const sorted = sort === null ? [...items] : sortBy(items, sort)
  if (order.toLowerCase() === 'desc') sorted.reverse()
  const data = sorted.slice((page - 1) * perPage, page * perPage)
  return { ok: true, page: { data, meta: { page, perPage, total: items.length } } }
}

function sortBy<Item extends object>(items: readonly Item[], field: string): Item[] {
  const key = (item: Item): string => String(Object.entries(item).find(([name]) => name === field)?.[1] ?? '')
  return [...items].sort((a, b) => key(a).localeCompare(key(b), 'en'))
}
