import { readEnvoyEvent } from '../providers/envoy/envelope'
import { handleEnvoyEvent, routeAnswer } from './handle-envoy-event'
import { acknowledged, type SignedWebhook, type WebhookReading } from './webhook-reading'

/**
 * Envoy's validation URL and events, in both envelopes (seed 003, providers.md 2.6). The provider app is the one whose client
 * secret verifies the body; once its plugin id is known, no other plugin speaks for it.
 */
export function readEnvoyWebhook({ apps, rawBody, digest }: SignedWebhook): WebhookReading {
  const event = readEnvoyEvent(rawBody)
  if (!event) return { kind: 'unreadable' }
  const app =
    apps.find((signer) => signer.pluginId === event.pluginId) ??
    apps.find((signer) => signer.pluginId === null)
  if (!app) {
    return {
      kind: 'other_app',
      eventName: event.name,
      words: 'This plugin is not the one that is known here.',
    }
  }
  return {
    kind: 'event',
    app,
    eventName: event.name,
    dedupeKey: digest,
    answerCounts: event.kind === 'route',
    handle: (deps) => handleEnvoyEvent(deps, app, event),
    repeated: event.kind === 'route' ? routeAnswer(event) : acknowledged,
  }
}
