import { z } from 'zod'
import { type Environment, environments, type ProviderId, providerIds } from '@/lib/core/provider'
import { type ConnectionStatus, connectionStatuses } from '@/lib/core/status'
import type { ConnectionSort, ConnectionSortKey } from '@/lib/server'

const sortKeys: readonly ConnectionSortKey[] = ['name', 'access', 'reconnect', 'used']

/** What the address of the list says; wrong values have fallen back. */
export type ConnectionsSearch = {
  search: string
  providers: ProviderId[]
  environments: Environment[]
  statuses: ConnectionStatus[]
  sort: ConnectionSort
  after: string | null
  before: string | null
}

export const firstSort: ConnectionSort = { key: 'name', direction: 'asc' }

type Parameters = Record<string, string | string[] | undefined>

const textSchema = z.string().trim().max(200).catch('')
const cursorSchema = z.string().min(1).max(2_000).nullable().catch(null)
const sortSchema = z
  .string()
  .transform((text): ConnectionSort => {
    const key = sortKeys.find((each) => each === text.replace(/^-/, ''))
    return key ? { key, direction: text.startsWith('-') ? 'desc' : 'asc' } : firstSort
  })
  .catch(firstSort)

/** Reads the query of `/connections`: `q`, `provider`, `status`, `environment` (lists with commas), `sort`, `after`, `before`. */
export function parseSearch(parameters: Parameters): ConnectionsSearch {
  const one = (name: string) => [parameters[name]].flat()[0]
  return {
    search: textSchema.parse(one('q') ?? ''),
    providers: list(parameters.provider, providerIds),
    environments: list(parameters.environment, environments),
    statuses: list(parameters.status, connectionStatuses),
    sort: sortSchema.parse(one('sort') ?? ''),
    after: cursorSchema.parse(one('after') ?? null),
    before: cursorSchema.parse(one('before') ?? null),
  }
}

/** The known ones among the words, each once and in the order of the vocabulary. */
function list<Word extends string>(value: string | string[] | undefined, known: readonly Word[]): Word[] {
  const words = new Set([value].flat().flatMap((text) => text?.split(',') ?? []))
  return known.filter((word) => words.has(word))
}

/** The parameters of an address with `change` made to it. Whatever changes what is listed begins at the first page again. */
export function searchParameters(
  search: ConnectionsSearch,
  change: Partial<ConnectionsSearch> = {},
): Record<string, string> {
  const next = { ...search, after: null, before: null, ...change }
  const { key, direction } = next.sort
  const sort = direction === 'desc' ? `-${key}` : key
  const parameters: Record<string, string> = {
    q: next.search,
    provider: next.providers.join(','),
    status: next.statuses.join(','),
    environment: next.environments.join(','),
    sort: sort === firstSort.key ? '' : sort,
    after: next.after ?? '',
    before: next.before ?? '',
  }
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ''))
}

export function connectionsHref(search: ConnectionsSearch, change: Partial<ConnectionsSearch> = {}): string {
  const query = new URLSearchParams(searchParameters(search, change)).toString()
  return query ? `/connections?${query}` : '/connections'
}

export function isFiltered({ search, providers, environments, statuses }: ConnectionsSearch): boolean {
  return search !== '' || providers.length + environments.length + statuses.length > 0
}
