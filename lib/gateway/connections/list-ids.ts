import type { KeyHolder } from '../../api-keys/key-holder'
import { type Environment, type ProviderId, providerIds } from '../../core/provider'
import type { ConnectionStatus } from '../../core/status'
import type { Deps } from '../../deps'
import { kindConditions, narrowingOf, wordConditions } from '../../queries/list-narrowing'
import { listedApps } from '../../queries/listed-apps'

export type ListFilter = {
  provider?: ProviderId | undefined
  status?: ConnectionStatus | undefined
  environment?: Environment | undefined
  search: string
}

/**
 * Ids of the connections that a key reaches and a filter leaves, by id: stable while others come and go.
 *
 * @param after begins behind this id
 * @param limit rows at most
 */
export async function listIds(
  deps: Pick<Deps, 'sql' | 'db'>,
  key: Pick<KeyHolder, 'providers' | 'connectionIds'>,
  { provider, status, environment, search }: ListFilter,
  { after, limit }: { after: string | null; limit: number },
): Promise<string[]> {
  const reached = key.providers.length > 0 ? key.providers : providerIds
  const providers = reached.filter((each) => provider === undefined || each === provider)
  if (providers.length === 0) return []
  const narrowing = narrowingOf(
    {
      search,
      providers: providers.length === providerIds.length ? [] : providers,
      environments: environment ? [environment] : [],
      statuses: status ? [status] : [],
    },
    await listedApps(deps),
  )
  const values: unknown[] = []
  const add = (value: unknown) => `$${values.push(value)}`
  const conditions = narrowing
    ? [...kindConditions(narrowing, 'l', add), ...wordConditions(narrowing, add)]
    : []
  if (key.connectionIds.length > 0)
    conditions.push(`l.connection_id = ANY(${add(key.connectionIds)}::text[])`)
  if (after !== null) conditions.push(`l.connection_id > ${add(after)}`)
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''
  const rows = await deps.db.$queryRawUnsafe<{ id: string }[]>(
    `SELECT l.connection_id AS id FROM connection_listed AS l ${where}
      ORDER BY l.connection_id LIMIT ${add(limit)}::int`,
    ...values,
  )
  return rows.map(({ id }) => id)
}
