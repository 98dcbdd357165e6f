import { HOURLY_LIMIT } from './api/rate-window'
import { DEV_APP_KEY } from './apps'
import { OWNING_ORG_ID, orgById, personById } from './data/orgs'
import { weeklyLapses } from './oauth/lapse'
import type { OutreachState } from './state'

/** What the control page shows of this Outreach: names, settings and counts. */
export function describeState(state: OutreachState, nowMs: number): Record<string, unknown> {
  const names = (ids: readonly number[]) => ids.map((id) => orgById(id)?.shortname)
  const busy = Object.entries(state.counters).filter(([, one]) => one.startMs + 3_600_000 > nowMs)
  return {
    settings: state.switches,
    installs: state.installs.map((install) => ({
      company: orgById(install.orgId)?.shortname,
      installId: install.guid,
      ended: install.deletedAtMs !== null,
    })),
    lapses: weeklyLapses(state.consents[DEV_APP_KEY] ?? [], OWNING_ORG_ID).map((one) => ({
      person: personById(one.personId)?.email,
      at: new Date(one.atMs).toISOString(),
    })),
    lockedCompanies: names(state.lockedOrgs),
    deletedCompanies: names(state.deletedOrgs),
    requestsLeft: Object.fromEntries(busy.map(([bucket, { used }]) => [bucket, HOURLY_LIMIT - used])),
    maintenanceUntil:
      state.maintenanceUntilMs === null ? null : new Date(state.maintenanceUntilMs).toISOString(),
    deliveries: state.deliveries.slice(0, 10),
  }
}
