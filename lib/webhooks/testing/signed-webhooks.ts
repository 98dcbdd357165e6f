import { createHmac, randomUUID } from 'node:crypto'
import type { TestDeps } from '../../../tests/test-deps'
import { receiveWebhook } from '../receive-webhook'

type Deps = TestDeps['deps']
type Provider = 'outreach' | 'envoy' | 'outstand'

const address = '203.0.113.9'

/** Sends a body with any headers, as the route hands it on. */
export function post(
  deps: Deps,
  provider: Provider,
  body: string | Uint8Array,
  headers: Record<string, string>,
) {
  const rawBody = typeof body === 'string' ? new TextEncoder().encode(body) : body
  return receiveWebhook(deps, { provider, rawBody, headers: new Headers(headers), address })
}

/** Signed as providers.md 1.6 describes. */
export function outreachHeaders(
  body: string,
  secret: string,
  id: string = randomUUID(),
): Record<string, string> {
  return {
    'content-type': 'application/vnd.api+json',
    'outreach-webhook-id': id,
    'outreach-webhook-signature': createHmac('sha256', secret).update(body).digest('hex'),
  }
}

export function lifecycleBody(eventName: string, installId: string, guid: string, deliveredAt: Date): string {
  return JSON.stringify({
    data: { type: 'install', id: installId, relationships: { app: { data: { type: 'app', id: guid } } } },
    meta: { eventName, deliveredAt: deliveredAt.toISOString() },
  })
}

/** Signed as providers.md 2.6 describes. */
export function envoyHeaders(body: string, clientSecret: string): Record<string, string> {
  const signature = createHmac('sha256', clientSecret).update(body).digest('base64')
  return { 'content-type': 'application/json', 'x-envoy-signature': signature }
}

/** The short-lived token of Envoy's own webhook: it must not be found anywhere. */
export function webhookToken(): string {
  return `webhook-token.${randomUUID()}+/=`
}

export type EnvoyMessage = {
  route?: string
  event?: string
  installId: string
  pluginId: string
  companyName?: string
  token?: string
  older?: boolean
}

/** Both envelopes (seed 003, providers.md 2.6); two messages never have the same bytes, since each has its own token. */
export function envoyBody(message: EnvoyMessage): string {
  const { route, event, installId, pluginId, companyName, older, token = webhookToken() } = message
  const auth = { token_type: 'Bearer', access_token: token, expires_in: 86_400, refresh_token: null }
  const about = route ? { route, params: {} } : { event, job: { id: '1', name: 'job', identifier: 'job' } }
  if (older) {
    return JSON.stringify({
      name: route ? 'route' : 'event',
      request_meta: { auth, ...about, plugin_id: pluginId, install_id: Number(installId) },
    })
  }
  const company = companyName ? { id: '1', type: 'companies', attributes: { name: companyName } } : null
  return JSON.stringify({
    meta: {
      ...about,
      plugin_id: pluginId,
      install_id: installId,
      config: { api_key: 'typed-by-the-installer' },
      company,
      auth,
    },
    payload: { field: 'typed-by-the-installer' },
  })
}
