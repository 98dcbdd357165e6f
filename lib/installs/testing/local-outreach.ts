import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { jwtVerify } from 'jose'

/** One install as Outreach keeps it. */
export type LocalInstall = {
  id: string
  orgId: string
  orgName: string
  state: 'alive' | 'locked' | 'removed'
}
export type LocalSetupToken = { installId: string; appGuid: string; state: 'good' | 'expired' }

export type LocalCall = { action: string; segment: string; query: string }

/**
 * Outreach's install endpoints as seed 000 describes them, strict: the app token is verified, a wrong method, body or media
 * type is refused. Everything a test needs to look at or to change is a plain field.
 */
export async function startLocalOutreach() {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const state = {
    guid: randomUUID(),
    installs: new Map<string, LocalInstall>(),
    setupTokens: new Map<string, LocalSetupToken>(),
    calls: [] as LocalCall[],
    issued: [] as string[],
    /** Answers instead of the real one, in order, each used once. */
    instead: [] as { action: string; answer: (response: ServerResponse) => void }[],
    /** Held answers: a call waits for it before it is answered. */
    gate: null as Promise<void> | null,
    orgNameIncluded: true,
  }
  const server = createServer((request, response) => {
    answer(state, keys.publicKey, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    state,
    url: `http://127.0.0.1:${port}`,
    privateKeyPem: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    callsOf: (action: string) => state.calls.filter((call) => call.action === action).length,
    async close(): Promise<void> {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

export type LocalOutreach = Awaited<ReturnType<typeof startLocalOutreach>>
type State = LocalOutreach['state']

async function answer(
  state: State,
  publicKey: KeyObject,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const url = new URL(request.url ?? '/', 'http://local')
  const match = /^\/api\/app\/installs\/([^/]+)\/actions\/(setupToken|accessToken)$/.exec(url.pathname)
  const action = match?.[2] ?? url.pathname
  const segment = decodeURIComponent(match?.[1] ?? '')
  state.calls.push({ action, segment, query: url.search })
  if (state.gate) await state.gate
  const planned = state.instead.findIndex((other) => other.action === action)
  const [other] = planned < 0 ? [] : state.instead.splice(planned, 1)
  if (other) return other.answer(response)
  if (!match || request.method !== 'POST') {
    return url.pathname === '/api/v2/users'
      ? send(response, 200, { data: [] })
      : refuse(response, 404, 'resourceNotFound')
  }
  if (!(await isOurs(state, publicKey, request.headers.authorization))) {
    return refuse(response, 401, 'unauthorizedApp')
  }
  if (action === 'setupToken') return validate(state, segment, url.searchParams.get('include'), response)
  return mint(state, segment, response)
}

async function isOurs(state: State, key: KeyObject, authorization: string | undefined): Promise<boolean> {
  const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1]
  if (!token) return false
  // Tests set the clock; only its own claims are looked at.
  const verified = await jwtVerify(token, key, { algorithms: ['RS256'], currentDate: new Date(0) }).catch(
    () => null,
  )
  const { iss, iat, exp } = verified?.payload ?? {}
  return iss === state.guid && iat !== undefined && exp !== undefined && exp - iat <= 3600
}

function validate(state: State, token: string, include: string | null, response: ServerResponse) {
  const known = state.setupTokens.get(token)
  const install = known && state.installs.get(known.installId)
  if (!known || !install || known.state === 'expired') return refuse(response, 404, 'resourceNotFound')
  const org = { type: 'org', id: install.orgId }
  send(response, 200, {
    data: {
      type: 'install',
      id: install.id,
      attributes: { installedAt: '2026-01-02T03:04:05' },
      relationships: {
        app: { data: { type: 'app', id: known.appGuid } },
        org: { data: org, links: { api: 'https://app1c.outreach.io/api/v2' } },
      },
    },
    ...(include === 'app,org' && state.orgNameIncluded
      ? { included: [{ ...org, attributes: { name: install.orgName } }] }
      : {}),
  })
}

function mint(state: State, id: string, response: ServerResponse) {
  const install = state.installs.get(id)
  if (!install || install.state === 'removed') return refuse(response, 404, 'resourceNotFound')
  if (install.state === 'locked') return refuse(response, 403, 'orgLocked', 'The organization is locked.')
  const accessToken = `s2s.${randomUUID()}+/=&%`
  state.issued.push(accessToken)
  send(response, 200, {
    data: {
      type: 'install',
      id,
      relationships: { org: { data: { type: 'org', id: install.orgId } } },
      meta: { accessToken },
    },
  })
}

function refuse(response: ServerResponse, status: number, id: string, detail = id): void {
  send(response, status, { errors: [{ id, title: id, detail }] })
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/vnd.api+json' }).end(JSON.stringify(body))
}
