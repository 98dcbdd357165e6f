import type { Environment, ProviderId } from '../core/provider'
import type { NamedStatement } from '../db/named-statements'
import type { Deps } from '../deps'

/** What a list of connections asks of an app. */
export type ListedApp = {
  id: string
  provider: ProviderId
  environment: Environment
  name: string
  /** Its credentials are refused. */
  faulty: boolean
}

const statement: NamedStatement = {
  name: 'listed_apps',
  text: 'SELECT id, provider, environment, name, fault_at IS NOT NULL AS faulty FROM provider_app',
}

/** All apps, also hidden ones: there are few, so that lists name them instead of joining them a hundred thousand times. */
export function listedApps(deps: Pick<Deps, 'sql'>): Promise<ListedApp[]> {
  return deps.sql.run<ListedApp>(statement, [])
}
