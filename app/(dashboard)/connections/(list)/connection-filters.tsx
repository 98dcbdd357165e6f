import { FilterBar, FilterChip, type FilterOption } from '@/components/data/filter-chip'
import { SearchField } from '@/components/forms/search-field'
import { environments, providerIds, providerNames } from '@/lib/core/provider'
import { connectionStatuses, statusWords } from '@/lib/core/status'
import type { ConnectionCount } from '@/lib/server'
import {
  type ConnectionsSearch,
  connectionsHref,
  isFiltered,
  parseSearch,
  searchParameters,
} from './search-params'

const environmentWords = { sandbox: 'Sandbox', development: 'Development', production: 'Production' } as const

/** Search and filter chips; each choice is a link, and its count is what it would show beside the other filters. */
export function ConnectionFilters({
  search,
  counts,
}: {
  search: ConnectionsSearch
  counts: readonly ConnectionCount[]
}) {
  const { q: _q, ...keep } = searchParameters(search)
  return (
    <FilterBar
      clearAllHref={connectionsHref(parseSearch({}), { sort: search.sort })}
      anyActive={isFiltered(search)}
    >
      <SearchField label="Search connections" value={search.search} keep={keep} />
      <FilterChip
        label="Provider"
        value={chosen(search.providers, providerNames)}
        clearHref={connectionsHref(search, { providers: [] })}
        options={providerIds
          .map((provider) =>
            option(provider, providerNames[provider], search.providers, (providers) =>
              connectionsHref(search, { providers }),
            ),
          )
          .map((each) => ({ ...each, count: sum(counts, search, 'providers', 'provider', each.value) }))}
      />
      <FilterChip
        label="Status"
        value={chosen(search.statuses, statusWords)}
        clearHref={connectionsHref(search, { statuses: [] })}
        options={connectionStatuses
          .map((status) =>
            option(status, statusWords[status], search.statuses, (statuses) =>
              connectionsHref(search, { statuses }),
            ),
          )
          .map((each) => ({ ...each, count: sum(counts, search, 'statuses', 'status', each.value) }))}
      />
      <FilterChip
        label="Environment"
        value={chosen(search.environments, environmentWords)}
        clearHref={connectionsHref(search, { environments: [] })}
        options={environments
          .map((environment) =>
            option(environment, environmentWords[environment], search.environments, (chosenOnes) =>
              connectionsHref(search, { environments: chosenOnes }),
            ),
          )
          .map((each) => ({
            ...each,
            count: sum(counts, search, 'environments', 'environment', each.value),
          }))}
      />
    </FilterBar>
  )
}

function option<Word extends string>(
  value: Word,
  label: string,
  selected: readonly Word[],
  href: (next: Word[]) => string,
): FilterOption {
  const has = selected.includes(value)
  const next = has ? selected.filter((each) => each !== value) : [...selected, value]
  return { value, label, selected: has, href: href(next) }
}

function chosen<Word extends string>(words: readonly Word[], names: Record<Word, string>): string | null {
  const [first, ...others] = words
  if (first === undefined) return null
  return others.length > 1
    ? `${names[first]} and ${others.length} more`
    : words.map((word) => names[word]).join(', ')
}

const groups = [
  ['providers', 'provider'],
  ['environments', 'environment'],
  ['statuses', 'status'],
] as const

/** How many rows one choice would show, with the filters of the other chips as they are. */
function sum(
  counts: readonly ConnectionCount[],
  search: ConnectionsSearch,
  own: (typeof groups)[number][0],
  field: (typeof groups)[number][1],
  value: string,
): number {
  return counts
    .filter(
      (each) =>
        each[field] === value &&
        groups.every(([group, name]) => {
          const wanted: readonly string[] = search[group]
          return group === own || wanted.length === 0 || wanted.includes(each[name])
        }),
    )
    .reduce((total, each) => total + each.count, 0)
}
