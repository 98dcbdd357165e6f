import { isPatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import { type ArrivalOutcome, arriveInstall } from '../installs/arrive-install'
import { endInstall } from '../installs/end-install'
import { type InstallTold, nothingTold } from '../installs/install-facts'
import type { OpenApp } from '../providers/contract'
import { type EnvoyEvent, isUninstall, wantsOptions } from '../providers/envoy/envelope'
import { arrivalEnd } from './arrival-end'
import { pinPlugin } from './pin-plugin'
import { acknowledged, type HandledWebhook, type WebhookAnswer } from './webhook-reading'

const actor = { kind: 'provider', provider: 'envoy', name: 'Envoy' } as const

/** The validation URL is to answer within three seconds; half a second is left for the database. */
const timeMs = 2_500

/** What the installer's browser shows when a step is blocked; Envoy's own SDK answers 412 too (providers.md 2.7). */
const blocked = (message: string): WebhookAnswer => ({ status: 412, body: { message } })

/**
 * Acts on a webhook of Envoy. A route has to end with tokens: when the exchange is refused or fails, the step is blocked with
 * a message, on an options route too: an empty list would let the installer go on to an app that does not work.
 */
export async function handleEnvoyEvent(deps: Deps, app: OpenApp, event: EnvoyEvent): Promise<HandledWebhook> {
  if (!(await pinPlugin(deps, app, event.pluginId))) {
    const words = 'This plugin is not the one that is known here.'
    return { answer: { status: 404, body: { message: words } }, end: { failureWords: words } }
  }
  if (event.kind === 'route') return handleRoute(deps, app, event)
  if (isUninstall(event)) return handleUninstall(deps, app, event)
  const install = await deps.db.install.findUnique({
    where: { appId_externalInstallId: { appId: app.id, externalInstallId: event.installId } },
    select: { id: true, connectionId: true },
  })
  return {
    answer: acknowledged,
    end: { installId: install?.id ?? null, connectionId: install?.connectionId ?? null },
  }
}

/** `[]` where Envoy expects a list of choices, `{}` (nothing to merge into the configuration) on any other route. */
export function routeAnswer(event: EnvoyEvent): WebhookAnswer {
  return { status: 200, body: wantsOptions(event) ? [] : {} }
}

async function handleRoute(deps: Deps, app: OpenApp, event: EnvoyEvent): Promise<HandledWebhook> {
  if (!app.grants.includes('plugin_install')) return { answer: routeAnswer(event), end: {} }
  const told: InstallTold = { ...nothingTold, orgName: event.companyName }
  try {
    const outcome = await arrive(deps, app, event.installId, told, 'while_young')
    return { answer: answerTo(event, outcome), end: endOf(outcome) }
  } catch (error) {
    if (!isPatchbayError(error)) throw error
    return { answer: blocked(notNow), end: { failureWords: error.message } }
  }
}

async function handleUninstall(deps: Deps, app: OpenApp, event: EnvoyEvent): Promise<HandledWebhook> {
  const uninstalled = { app, externalInstallId: event.installId, at: deps.clock.now() }
  const ended = await endInstall(deps, actor, uninstalled)
  if (ended?.goesOnWith) await arrive(deps, app, ended.goesOnWith, nothingTold, 'never')
  return {
    answer: acknowledged,
    end: { installId: ended?.installId ?? null, connectionId: ended?.connectionId ?? null },
  }
}

function arrive(
  deps: Deps,
  app: OpenApp,
  externalInstallId: string,
  told: InstallTold,
  keepPair: 'while_young' | 'never',
): Promise<ArrivalOutcome> {
  return arriveInstall(deps, {
    app,
    grantKind: 'plugin_install',
    externalInstallId,
    learntFrom: 'webhook',
    told,
    actor,
    admin: null,
    timeMs,
    keepPair,
    // Envoy shows the failure to the installer, who tries again.
    keepUnproven: false,
  })
}

const notNow = 'Access could not be set up just now. Please try this step again in a moment.'

function answerTo(event: EnvoyEvent, outcome: ArrivalOutcome): WebhookAnswer {
  switch (outcome.kind) {
    case 'settled':
      return routeAnswer(event)
    case 'busy':
    case 'unproven':
      return blocked(notNow)
    case 'refused_before':
      return blocked('The people who run this app have declined this installation. Please contact them.')
    case 'failed':
      return blocked(messageOf(outcome.failure.outcome))
  }
}

function messageOf(failure: Extract<ArrivalOutcome, { kind: 'failed' }>['failure']['outcome']): string {
  switch (failure) {
    case 'transient':
      return notNow
    case 'app_fault':
      return 'Envoy refuses this app’s credentials. Please tell the people who run this app.'
    case 'terminal':
    case 'suspended':
    case 'other_account':
      return 'Envoy gave no access for this installation. Please start the installation again.'
  }
}

/** A step that was blocked has failed, whatever the reason: the same body sent again is tried again. */
function endOf(outcome: ArrivalOutcome): HandledWebhook['end'] {
  switch (outcome.kind) {
    case 'busy':
      return { failureWords: 'Another message for the same install was still being handled.' }
    case 'refused_before':
      return { installId: outcome.installId, failureWords: 'An admin has refused this install.' }
    default:
      return arrivalEnd(outcome)
  }
}
