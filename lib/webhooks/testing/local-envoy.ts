import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Envoy's token endpoint for plugin installs as seed 003 describes it, strict about how it is called. */
export async function startLocalEnvoy() {
  const state = {
    clientId: `client-${randomUUID()}`,
    clientSecret: `s+e/c=r&e%t-${randomUUID()}`,
    /** Install id → company id. */
    installs: new Map<string, string>(),
    exchanges: [] as string[],
    issued: [] as string[],
    instead: [] as ((response: ServerResponse) => void)[],
    gate: null as Promise<void> | null,
  }
  const server = createServer((request, response) => {
    answer(state, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    state,
    url: `http://127.0.0.1:${port}`,
    async close(): Promise<void> {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

export type LocalEnvoy = Awaited<ReturnType<typeof startLocalEnvoy>>
type State = LocalEnvoy['state']

async function answer(state: State, request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  if (request.method !== 'POST' || !/\/token$/.test(request.url ?? ''))
    return send(response, 404, { error: 'not found' })
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data')) return send(response, 415, { error: 'multipart expected' })
  const form = await new Response(Buffer.concat(chunks), { headers: { 'content-type': type } }).formData()
  const installId = String(form.get('install_id'))
  state.exchanges.push(installId)
  if (state.gate) await state.gate
  const other = state.instead.shift()
  if (other) return other(response)
  const client = form.get('client_id') === state.clientId && form.get('client_secret') === state.clientSecret
  if (!client || request.headers.authorization) return send(response, 401, { error: 'invalid_client' })
  const company = state.installs.get(installId)
  if (form.get('grant_type') !== 'plugin_install' || !company) {
    return send(response, 404, { error: 'subject not found' })
  }
  const pair = { access_token: `access.${randomUUID()}+/=`, refresh_token: `refresh.${randomUUID()}+/=` }
  state.issued.push(pair.access_token, pair.refresh_token)
  send(response, 200, {
    token_type: 'Bearer',
    ...pair,
    expires_in: 86_400,
    refresh_token_expires_in: 2_592_000,
    state: null,
    company_id: company,
  })
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
