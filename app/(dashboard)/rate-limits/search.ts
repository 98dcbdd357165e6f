import type { BucketSort, RateLimitsPage } from '@/lib/server'
import { listHref } from '../list-href'

export const ratePath = '/rate-limits'

type Shown = Pick<RateLimitsPage, 'filters' | 'sort'>

/** The list's address with a change; whatever changes what is listed begins at the first page again. */
export function rateHref(
  { filters, sort }: Shown,
  change: Partial<RateLimitsPage['filters']> & { sort?: BucketSort; after?: string | null } = {},
): string {
  const next = { ...filters, sort, ...change }
  return listHref(ratePath, {
    provider: next.provider,
    near: next.near ? '1' : null,
    sort: sortText(next.sort),
    after: change.after ?? null,
  })
}

/** The fullest first is how the list stands by itself. */
function sortText({ key, direction }: BucketSort): string | null {
  if (key === 'used' && direction === 'desc') return null
  return direction === 'desc' ? `-${key}` : key
}
