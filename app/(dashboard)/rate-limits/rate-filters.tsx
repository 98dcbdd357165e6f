import { ChoiceChip } from '@/components/data/choice-chip'
import { FilterBar, FilterChip } from '@/components/data/filter-chip'
import { providerIds, providerNames } from '@/lib/core/provider'
import { type BucketSortKey, firstBucketSort, type RateLimitsPage } from '@/lib/server'
import { rateHref, ratePath } from './search'

const sortWords: Record<BucketSortKey, string> = {
  used: 'Used of limit',
  left: 'Remaining',
  resets: 'Resets',
  empty: 'Time to empty',
  refused: '429s in 24 h',
}

const sorts = [
  { key: 'used', direction: 'desc' },
  { key: 'left', direction: 'asc' },
  { key: 'resets', direction: 'asc' },
  { key: 'empty', direction: 'asc' },
  { key: 'refused', direction: 'desc' },
] as const

/** What is listed; on narrow windows, where no column has a head, also how it is sorted. */
export function RateFilters({ page }: { page: RateLimitsPage }) {
  const { filters, sort } = page
  return (
    <FilterBar clearAllHref={ratePath} anyActive={filters.provider !== null || filters.near}>
      <ChoiceChip
        label="Provider"
        values={providerIds}
        words={providerNames}
        chosen={filters.provider}
        href={(provider) => rateHref(page, { provider })}
      />
      <FilterChip
        label="Limit"
        value={filters.near ? 'Near limit' : null}
        clearHref={rateHref(page, { near: false })}
        options={[
          {
            value: 'near',
            label: 'Near limit',
            href: rateHref(page, { near: true }),
            selected: filters.near,
          },
        ]}
      />
      <span className="sm:hidden">
        <FilterChip
          label="Sort"
          value={sort.key === firstBucketSort.key ? null : sortWords[sort.key]}
          clearHref={rateHref(page, { sort: firstBucketSort })}
          options={sorts.map((each) => ({
            value: each.key,
            label: sortWords[each.key],
            href: rateHref(page, { sort: each }),
            selected: sort.key === each.key,
          }))}
        />
      </span>
    </FilterBar>
  )
}
