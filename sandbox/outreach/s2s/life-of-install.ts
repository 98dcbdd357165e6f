import { ORGS, type Org, type Person } from '../data/orgs'
import type { Delivery, Install, Switches } from '../state'
import type { S2sDeps } from './actions'
import { addInstall, endInstall, installOfOrg, issueSetupToken } from './installs'
import { type LifecycleWebhook, sendLifecycle } from './send-lifecycle'

/** How long after the landing the webhook comes when the landing goes first. */
export const LATE_WEBHOOK_MS = 3_000
const DELIVERIES_KEPT = 50

/** Where the person's browser goes after an install; undefined when Outreach does not send it on. */
export type Installed = { install: Install; landing: URL | undefined }

/**
 * Installs the app in an org which does not have it, sends `install.created` and tells where to send the browser; both in
 * the order, or with the omission, that the switch `installOrder` asks for.
 */
export async function installApp(
  deps: S2sDeps,
  org: Org,
  person: Person,
  order: Switches['installOrder'] = deps.store.state.switches.installOrder,
): Promise<Installed> {
  const { context, store } = deps
  const install = addInstall(store.state, org.id, person.id, context.clock.nowMs())
  await store.commit()
  const created = { eventName: 'install.created', installGuid: install.guid }
  switch (order) {
    case 'webhook_first':
    case 'webhook_only':
      await deliver(deps, created)
      break
    case 'at_once':
      context.schedule.after(0, () => deliver(deps, created).then(() => undefined))
      break
    case 'landing_first':
      context.schedule.after(LATE_WEBHOOK_MS, () => deliver(deps, created).then(() => undefined))
      break
    case 'landing_only':
      break
  }
  return { install, landing: order === 'webhook_only' ? undefined : await landingFor(deps, install) }
}

/** The landing URL with a fresh setup token, as Outreach appends it (providers.md 1.5). */
export async function landingFor(deps: S2sDeps, install: Install): Promise<URL | undefined> {
  const { context, store, app } = deps
  if (app.landingUrl === null) return undefined
  const token = issueSetupToken(store.state, install, context.clock.nowMs())
  await store.commit()
  context.issued('setup_token', token)
  const landing = new URL(app.landingUrl)
  landing.searchParams.set('installSetupToken', token)
  return landing
}

/** Removes the app from an org: its tokens die at once, then `install.deleted` is sent. Undefined: it was not installed. */
export async function uninstallApp(deps: S2sDeps, org: Org): Promise<Delivery | undefined> {
  const { context, store } = deps
  const install = installOfOrg(store.state, org.id)
  if (install === undefined) return undefined
  endInstall(store.state, install, context.clock.nowMs())
  await store.commit()
  return deliver(deps, { eventName: 'install.deleted', installGuid: install.guid })
}

/** Deletes an org for good. Apps hear of it by webhook (seed 000); the name of that event is not published. */
export async function deleteOrg(deps: S2sDeps, org: Org): Promise<Delivery | undefined> {
  const { state } = deps.store
  if (!state.deletedOrgs.includes(org.id)) state.deletedOrgs.push(org.id)
  await deps.store.commit()
  return uninstallApp(deps, org)
}

/** Sends any lifecycle webhook and remembers how it was received. */
export async function deliver(deps: S2sDeps, webhook: LifecycleWebhook): Promise<Delivery> {
  const { context, store, app } = deps
  const delivery = await sendLifecycle(app, webhook, context.clock.nowMs())
  store.state.deliveries = [delivery, ...store.state.deliveries].slice(0, DELIVERIES_KEPT)
  store.touch()
  return delivery
}

/** The org of a short name, as the control actions know them. */
export function orgByShortname(shortname: string): Org | undefined {
  return ORGS.find((org) => org.shortname === shortname)
}
