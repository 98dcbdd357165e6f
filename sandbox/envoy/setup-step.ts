import { randomUUID } from 'node:crypto'
import { samplePayload } from './events'
import { completeStep, endInstall } from './installs'
import type { EnvoyParts } from './parts'
import { judgeRouteAnswer, type RouteVerdict, type WebhookAnswer } from './route-answer'
import { type Signing, sendWebhook } from './send-webhook'
import type { EnvoyInstall } from './state'

/** The options of the step's second field are asked of the app under this name (seed 003). */
export const OPTIONS_ROUTE = 'step-0-field-1-options'
/** The step's validation URL is called under this name once it is filled in (providers.md 2.7). */
export const CALLBACK_ROUTE = 'step-0-callback'

/** What the installer fills in, by the names that the payload has. */
export type StepValues = { readonly 'display-name': string; readonly 'default-host': string }

export type RouteOverrides = { readonly signing?: Signing; readonly pluginId?: string }

async function callRoute(
  parts: EnvoyParts,
  install: EnvoyInstall,
  route: { name: string; payload: object },
  overrides: RouteOverrides,
): Promise<RouteVerdict> {
  // A step of an install that is already there is being configured again.
  const params = install.status === 'installed' ? { configure_step: 0 } : {}
  const subject = { kind: 'route', name: route.name, params } as const
  const answer = await sendWebhook(parts, {
    install,
    subject,
    payload: route.payload,
    withToken: true,
    ...overrides,
  })
  return judgeRouteAnswer(route.name, answer)
}

/** Asks the app for the options of the step's field, as Envoy does when the step is opened. */
export function loadOptions(
  parts: EnvoyParts,
  install: EnvoyInstall,
  overrides: RouteOverrides = {},
): Promise<RouteVerdict> {
  return callRoute(parts, install, { name: OPTIONS_ROUTE, payload: {} }, overrides)
}

/** Has the app validate the filled-in step; saves it when the app agrees and does nothing when it does not. */
export async function submitStep(
  parts: EnvoyParts,
  install: EnvoyInstall,
  values: StepValues,
  overrides: RouteOverrides = {},
): Promise<RouteVerdict> {
  const verdict = await callRoute(parts, install, { name: CALLBACK_ROUTE, payload: values }, overrides)
  if (verdict.kind === 'merge' && install.status !== 'uninstalled') {
    completeStep(install, { ...values, ...verdict.config })
    await parts.store.commit()
  }
  return verdict
}

/** Reports that something happened at the install's place. */
export function sendEvent(
  parts: EnvoyParts,
  install: EnvoyInstall,
  event: string,
  overrides: RouteOverrides & { readonly payload?: unknown } = {},
): Promise<WebhookAnswer> {
  const { payload = samplePayload(event, install, parts.context.clock.nowMs()), ...rest } = overrides
  const id = randomUUID()
  const subject = {
    kind: 'event',
    name: event,
    job: { id, name: event, identifier: id.slice(0, 8) },
  } as const
  return sendWebhook(parts, {
    install,
    subject,
    payload,
    withToken: install.status !== 'uninstalled',
    ...rest,
  })
}

/** Uninstalls, then tells the app unless `notify` is false. */
export async function uninstall(parts: EnvoyParts, install: EnvoyInstall, notify: boolean): Promise<void> {
  endInstall(parts.store.state, install)
  await parts.store.commit()
  if (notify) await sendEvent(parts, install, 'plugin_uninstalled')
}
