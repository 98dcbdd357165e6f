import type { GrantKind } from '../../core/provider'
import type { Secret } from '../../core/secret'
import { callApi, readProbe } from '../api-call'
import type { CallContext, OpenApp, ProbeOutcome } from '../contract'
import { apiHost } from './api-host'
import { apiRoot, jsonApi } from './endpoints'

/** Proves life with one cheap call: the API root for users, an S2S-enabled list for S2S tokens (providers.md 1.4). */
export async function probeOutreach(
  context: CallContext,
  app: OpenApp,
  request: { grant: GrantKind; accessToken: Secret; apiUrl: string | null },
): Promise<ProbeOutcome> {
  const host = apiHost(app, request.apiUrl)
  const url = apiRoot(app, host.apiUrl)
  if (request.grant === 's2s') {
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/users`
    url.search = new URLSearchParams({ 'page[size]': '1', count: 'false' }).toString()
  }
  const answer = await callApi(context, {
    url,
    allowedOrigins: host.origins,
    accessToken: request.accessToken,
    headers: { accept: jsonApi, 'content-type': jsonApi },
    pathTemplate: request.grant === 's2s' ? '/api/v2/users' : '/api/v2',
    purpose: 'probe Outreach token',
  })
  return readProbe(answer, request.accessToken)
}
