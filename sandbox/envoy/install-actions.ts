import { z } from 'zod'
import { defineAction, SandboxRefusal } from '../kernel/action'
import type { SandboxAction } from '../kernel/contract'
import { findPerson, PEOPLE } from './directory'
import { ENVOY_EVENTS } from './events'
import { beginInstall } from './installs'
import type { EnvoyParts } from './parts'
import { pickInstall } from './pick-tokens'
import type { RouteVerdict, WebhookAnswer } from './route-answer'
import { replayWebhook, SIGNINGS } from './send-webhook'
import { CALLBACK_ROUTE, loadOptions, OPTIONS_ROUTE, sendEvent, submitStep, uninstall } from './setup-step'

const installField = z.number().int().optional().describe('install id; the latest where left out')
const webhookFields = {
  install: installField,
  signing: z.enum(SIGNINGS).default('right').describe('how the webhook is signed'),
  pluginId: z.string().optional().describe("another plugin id than the app's own"),
}
const valuesField = z
  .object({ 'display-name': z.string().default('Front desk'), 'default-host': z.string().default('') })
  .prefault({})
  .describe('what the installer fills in')

function outcomeOf(answer: WebhookAnswer) {
  return answer.kind === 'answered' ? { kind: answer.kind, status: answer.status } : answer
}

/** What can be done to installs, and the webhooks about them. Verdicts name what the installer would have seen. */
export function installActions(parts: EnvoyParts): Record<string, SandboxAction> {
  const { store, plugin, context } = parts
  return {
    install: defineAction(
      'Install the plugin, the set-up step included',
      z.object({
        person: z
          .enum(PEOPLE.map(({ id }) => id))
          .default('7001')
          .describe('who installs'),
        location: z.string().default('20011').describe('where; a place that the person manages'),
        values: valuesField,
      }),
      async ({ person: personId, location: locationId, values }) => {
        const person = findPerson(personId)
        const nowMs = context.clock.nowMs()
        const install = person && beginInstall(store.state, { app: plugin, person, locationId, nowMs })
        if (!install) throw new SandboxRefusal('This person does not manage that place')
        await store.commit()
        const { id, companyId } = install
        const options: RouteVerdict = await loadOptions(parts, install)
        if (options.kind === 'blocked') return { install: id, companyId, status: install.status, options }
        const callback = await submitStep(parts, install, values)
        return { install: id, companyId, status: install.status, options, callback }
      },
    ),
    uninstall: defineAction(
      'Uninstall the plugin',
      z.object({
        install: installField,
        notify: z.boolean().default(true).describe('send plugin_uninstalled'),
      }),
      async ({ install: id, notify }) => {
        const install = pickInstall(store.state, id)
        await uninstall(parts, install, notify)
        return { install: install.id, status: install.status }
      },
    ),
    'resend-route': defineAction(
      'Send a route webhook anew, as when the installer goes back and forth',
      z.object({
        ...webhookFields,
        route: z.enum([OPTIONS_ROUTE, CALLBACK_ROUTE]).default(CALLBACK_ROUTE),
        values: valuesField,
      }),
      ({ install: id, route, values, signing, pluginId }) => {
        const install = pickInstall(store.state, id)
        const overrides = { signing, ...(pluginId === undefined ? {} : { pluginId }) }
        return route === OPTIONS_ROUTE
          ? loadOptions(parts, install, overrides)
          : submitStep(parts, install, values, overrides)
      },
    ),
    'send-event': defineAction(
      'Send an event webhook',
      z.object({
        ...webhookFields,
        event: z
          .string()
          .min(1)
          .default('entry_sign_in')
          .describe(`${ENVOY_EVENTS.join(', ')}, or any other`),
        payload: z.unknown().optional(),
      }),
      async ({ install: id, event, payload, signing, pluginId }) => {
        const install = pickInstall(store.state, id)
        const overrides = {
          signing,
          ...(pluginId === undefined ? {} : { pluginId }),
          ...(payload === undefined ? {} : { payload }),
        }
        return outcomeOf(await sendEvent(parts, install, event, overrides))
      },
    ),
    'replay-webhook': defineAction(
      'Send an earlier webhook again, byte for byte',
      z.object({ delivery: z.string().optional().describe('delivery id; the last one where left out') }),
      async ({ delivery: id }) => {
        const { deliveries } = store.state
        const earlier = id === undefined ? deliveries.at(-1) : deliveries.find((one) => one.id === id)
        if (earlier === undefined) throw new SandboxRefusal('There is no such webhook to send again')
        return { name: earlier.name, ...outcomeOf(await replayWebhook(parts, earlier)) }
      },
    ),
    deliveries: defineAction('List the webhooks that went out, without their bodies', z.object({}), () =>
      store.state.deliveries.map(({ body: _body, signature: _signature, ...rest }) => rest),
    ),
  }
}
