import type { EnvoyPlugin } from './apps'
import { type EnvoyPerson, managedLocations } from './directory'
import type { EnvoyInstall, EnvoyState } from './state'
import { revokeInstallTokens } from './token-pairs'

export function findInstall(state: EnvoyState, id: number): EnvoyInstall | undefined {
  return state.installs.find((install) => install.id === id)
}

/** The one install of a plugin at a location that is not uninstalled: under way, or done. */
export function liveInstallAt(
  state: EnvoyState,
  clientId: string,
  locationId: string,
): EnvoyInstall | undefined {
  return state.installs.find(
    (install) =>
      install.clientId === clientId && install.locationId === locationId && install.status !== 'uninstalled',
  )
}

export function mayManage(person: EnvoyPerson, install: EnvoyInstall): boolean {
  return managedLocations(person).some((location) => location.id === install.locationId)
}

/**
 * Begins an install, or goes on with the one that is live there. After an uninstall the next one has a new id, under the
 * same company.
 *
 * @returns null when the person does not manage that location
 */
export function beginInstall(
  state: EnvoyState,
  input: { app: EnvoyPlugin; person: EnvoyPerson; locationId: string; nowMs: number },
): EnvoyInstall | null {
  const { app, person, locationId, nowMs } = input
  if (!managedLocations(person).some((location) => location.id === locationId)) return null
  const live = liveInstallAt(state, app.clientId, locationId)
  if (live !== undefined) return live
  const install: EnvoyInstall = {
    id: state.nextInstallId,
    clientId: app.clientId,
    companyId: person.companyId,
    locationId,
    installerId: person.id,
    status: 'setting_up',
    config: {},
    createdAtMs: nowMs,
  }
  state.nextInstallId += 1
  state.installs.push(install)
  return install
}

/** Saves a completed step: its answer is merged into the config, where null removes a key (providers.md 2.7). */
export function completeStep(install: EnvoyInstall, answer: Readonly<Record<string, unknown>>): void {
  const merged = { ...install.config, ...answer }
  install.config = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null))
  install.status = 'installed'
}

/** Ends an install, and its tokens where the settings say so. */
export function endInstall(state: EnvoyState, install: EnvoyInstall): void {
  install.status = 'uninstalled'
  if (state.settings.uninstallRevokes) revokeInstallTokens(state, install.id)
}
