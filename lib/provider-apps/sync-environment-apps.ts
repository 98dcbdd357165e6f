import type { Deps } from '../deps'
import { syncManagedApps } from './sync-managed-apps'

/** Brings the apps that the environment describes into the database; see `syncManagedApps` for what it throws. */
export function syncEnvironmentApps(deps: Deps): Promise<void> {
  const apps = deps.config.environmentApps.map((app) => ({ ...app, pluginId: null }))
  return syncManagedApps(deps, 'environment', apps)
}
