import type { Environment, ProviderId } from '../core/provider'
import type { ConnectionStatus } from '../core/status'
import type { ListedApp } from './listed-apps'
import { settledStatuses, shownStatus } from './shown-status'

export type ConnectionFilter = {
  /** Words; each must occur in a name (the app's too), an e-mail, an org or an id. */
  search: string
  providers: readonly ProviderId[]
  environments: readonly Environment[]
  statuses: readonly ConnectionStatus[]
}

/** A filter in the terms of the table `connection_listed`. */
export type Narrowing = {
  /** Ids of the apps that it leaves, `null` for all. */
  apps: readonly string[] | null
  statuses: readonly ConnectionStatus[]
  /** Ids of the apps whose fault stands over the own status of their connections. */
  faulty: readonly string[]
  /** Each must occur among a connection's words, unless its app is one that the word finds. */
  words: readonly { pattern: string; apps: readonly string[] }[]
}

const wordsMax = 6

/** @returns `null` for a filter that leaves everything */
export function narrowingOf(filter: ConnectionFilter, apps: readonly ListedApp[]): Narrowing | null {
  const { providers, environments, statuses } = filter
  const words = filter.search.split(/\s+/).filter(Boolean).slice(0, wordsMax)
  if (providers.length + environments.length + statuses.length + words.length === 0) return null
  const fits = (app: ListedApp) =>
    (providers.length === 0 || providers.includes(app.provider)) &&
    (environments.length === 0 || environments.includes(app.environment))
  return {
    apps: providers.length + environments.length === 0 ? null : idsOf(apps, fits),
    statuses,
    faulty: idsOf(apps, ({ faulty }) => faulty),
    words: words.map((word) => ({
      pattern: `%${word.replace(/[\\%_]/g, '\\$&')}%`,
      apps: idsOf(apps, ({ id, name }) => `${id}\n${name}`.toLowerCase().includes(word.toLowerCase())),
    })),
  }
}

function idsOf(apps: readonly ListedApp[], fits: (app: ListedApp) => boolean): string[] {
  return apps.filter(fits).map(({ id }) => id)
}

type Add = (value: unknown) => string

/**
 * Conditions on a row that has the columns `app_id` and `own_status`.
 *
 * @param row the row's name in the statement
 */
export function kindConditions({ apps, statuses, faulty }: Narrowing, row: string, add: Add): string[] {
  const conditions: string[] = []
  if (apps) conditions.push(`${row}.app_id = ANY(${add(apps)}::text[])`)
  if (statuses.length > 0) {
    const own = `${row}.own_status`
    const shown =
      faulty.length === 0
        ? own
        : `CASE WHEN ${row}.app_id = ANY(${add(faulty)}::text[]) AND ${own} <> ALL(${add(settledStatuses)}::text[])
            THEN 'app_misconfigured' ELSE ${own} END`
    conditions.push(`${shown} = ANY(${add(statuses)}::text[])`)
  }
  return conditions
}

/** What `kindConditions` says, of a row that was read. */
export function isOfKind(
  { apps, statuses, faulty }: Narrowing,
  row: { appId: string; ownStatus: string },
): boolean {
  if (apps && !apps.includes(row.appId)) return false
  return statuses.length === 0 || statuses.includes(shownStatus(row.ownStatus, faulty.includes(row.appId)))
}

/** Conditions on a row `l` of `connection_listed`. */
export function wordConditions({ words }: Narrowing, add: Add): string[] {
  // Lower case as the database makes it, which is how the words were written.
  return words.map(({ pattern, apps }) => {
    const found = `l.words LIKE lower(${add(pattern)})`
    return apps.length === 0 ? found : `(${found} OR l.app_id = ANY(${add(apps)}::text[]))`
  })
}
