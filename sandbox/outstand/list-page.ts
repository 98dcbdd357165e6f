/** Rows of one page, or that there is no such page. */
export type ListPage<Row> =
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  | { readonly kind: 'missing' }

const PER_PAGE_MAX = 100

/**
 * `page` from 1 and `per_page` up to 100, both with those defaults (seed 004). A page past the end is missing; the first
 * page never is, even when empty. What is not a positive whole number is read as the default.
 */
export function listPage<Row>(all: readonly Row[], query: URLSearchParams): ListPage<Row> {
  const page = positive(query.get('page')) ?? 1
  const perPage = Math.min(positive(query.get('per_page')) ?? PER_PAGE_MAX, PER_PAGE_MAX)
  const rows = all.slice((page - 1) * perPage, page * perPage)
  return rows.length === 0 && page > 1 ? { kind: 'missing' } : { kind: 'rows', rows }
}

function positive(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
}
