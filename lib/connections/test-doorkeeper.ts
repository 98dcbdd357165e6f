import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the next matching call meets instead of, or beside, its ordinary answer. */
export type Fault =
  | { kind: 'status'; status: number; body: string; type?: string; retryAfter?: string }
  | { kind: 'html' }
  | { kind: 'huge' }
  | { kind: 'silent' }
  /** Carried out, but the answer never arrives. */
  | { kind: 'lost_answer' }
  | { kind: 'held'; until: Promise<void> }

export type TestAccount = { id: number; email: string; name: string; org: string }

type Grant = { account: TestAccount | null; scopes: string[] }
type Pair = Grant & {
  access: string
  refresh: string | null
  previousRefresh: string | null
  expiresAtMs: number
  revoked: boolean
}
type Code = Grant & { redirectUri: string; challenge: string | null; used: boolean }
type Call = { path: string; grantType: string | null; authorization: string | null; status: number }

const accessTtlMs = 7_200_000

/**
 * A strict OAuth server of the kind that was measured (providers.md 8), both revocation modes, with an Outreach-like API root
 * and Outstand's token/info. It knows nothing of lib/.
 */
export async function startDoorkeeper(options: { now(): Date; mode?: 'first_use' | 'at_once' }) {
  const client = { id: 'client-1', secret: 'odd+/=&% secret' }
  const state = {
    mode: options.mode ?? ('first_use' as const),
    secret: client.secret,
    refreshTokens: true,
    /** Refuses every refresh, though it has revoked nothing. */
    isBroken: false,
    /** The API takes no token at all. */
    apiRefuses: false,
    /** What token answers say instead of the granted scopes. */
    scope: null as string | null,
    /** Installs of a plugin, by id. */
    installs: new Map<string, TestAccount>(),
    tokenFaults: [] as Fault[],
    apiFaults: [] as Fault[],
  }
  const pairs: Pair[] = []
  const codes = new Map<string, Code>()
  const calls: Call[] = []
  const redirectUris = new Set<string>()

  function issue(grant: Grant, previousRefresh: string | null): Pair {
    const pair = {
      ...grant,
      access: randomBytes(32).toString('base64url'),
      refresh: state.refreshTokens && grant.account ? randomBytes(32).toString('base64url') : null,
      previousRefresh,
      expiresAtMs: options.now().getTime() + accessTtlMs,
      revoked: false,
    }
    pairs.push(pair)
    return pair
  }

  function exchangeCode(body: URLSearchParams): Pair | string {
    const code = codes.get(body.get('code') ?? '')
    if (!code || code.used || code.redirectUri !== body.get('redirect_uri')) return 'invalid_grant'
    if (code.challenge) {
      const verifier = body.get('code_verifier')
      if (!verifier) return 'invalid_request'
      const challenge = createHash('sha256').update(verifier).digest('base64url')
      if (challenge !== code.challenge) return 'invalid_grant'
    }
    code.used = true
    return issue(code, null)
  }

  function refresh(body: URLSearchParams): Pair | string {
    const old = pairs.find((pair) => pair.refresh === body.get('refresh_token'))
    if (!old || old.revoked || state.isBroken) return 'invalid_grant'
    if (state.mode === 'at_once') old.revoked = true
    return issue(old, state.mode === 'first_use' ? old.refresh : null)
  }

  function exchangeInstall(body: URLSearchParams): Pair | string {
    const account = state.installs.get(body.get('install_id') ?? '')
    return account ? issue({ account, scopes: [] }, null) : 'subject not found'
  }

  function token(body: URLSearchParams): { status: number; json: object } {
    const failed = (status: number, error: string) => ({
      status,
      json: { error, error_description: `The request was refused: ${error}.` },
    })
    if (body.get('client_id') !== client.id || body.get('client_secret') !== state.secret) {
      return failed(401, 'invalid_client')
    }
    const grantType = body.get('grant_type')
    const result =
      grantType === 'authorization_code'
        ? exchangeCode(body)
        : grantType === 'refresh_token'
          ? refresh(body)
          : grantType === 'client_credentials'
            ? issue({ account: null, scopes: ['provision_users'] }, null)
            : grantType === 'plugin_install'
              ? exchangeInstall(body)
              : 'unsupported_grant_type'
    if (result === 'subject not found') return { status: 404, json: { error: result } }
    if (typeof result === 'string') return failed(400, result)
    return {
      status: 200,
      json: {
        access_token: result.access,
        token_type: 'Bearer',
        expires_in: accessTtlMs / 1000,
        ...(result.refresh ? { refresh_token: result.refresh } : {}),
        ...(result.scopes.length > 0 ? { scope: state.scope ?? result.scopes.join(' ') } : {}),
        ...(body.has('install_id') ? { company_id: 7 } : {}),
        created_at: Math.floor(options.now().getTime() / 1000),
      },
    }
  }

  /** A live pair by its access token; its first use ends the pair before it. */
  function use(request: IncomingMessage): Pair | null {
    const access = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
    const pair = pairs.find((each) => each.access === access)
    if (state.apiRefuses || !pair || pair.revoked || pair.expiresAtMs <= options.now().getTime()) return null
    if (pair.previousRefresh) {
      for (const old of pairs) if (old.refresh === pair.previousRefresh) old.revoked = true
      pair.previousRefresh = null
    }
    return pair
  }

  function revoke(body: URLSearchParams): { status: number; json: object } {
    if (body.get('client_id') !== client.id || body.get('client_secret') !== state.secret) {
      return { status: 403, json: { error: 'unauthorized_client' } }
    }
    const value = body.get('token')
    const pair = pairs.find((each) => each.access === value || each.refresh === value)
    // Before 5.8.1 a pair whose access token has expired is not revoked, though the answer says 200.
    if (pair && pair.expiresAtMs > options.now().getTime()) pair.revoked = true
    return { status: 200, json: {} }
  }

  function api(path: string, request: IncomingMessage): { status: number; json: object } {
    const pair = use(request)
    if (!pair)
      return {
        status: 401,
        json: { error: 'invalid_token', error_description: 'The access token is invalid' },
      }
    if (path === '/oauth/token/info') {
      return {
        status: 200,
        json: {
          resource_owner_id: pair.account?.id ?? null,
          scope: pair.scopes,
          expires_in: Math.floor((pair.expiresAtMs - options.now().getTime()) / 1000),
          application: { uid: client.id },
          created_at: 1,
        },
      }
    }
    if (path === '/v1/companies' || path === '/v1/locations') {
      return {
        status: 200,
        json: { data: [{ id: 7, attributes: { name: pair.account?.org } }], meta: { total: 1 } },
      }
    }
    if (path === '/api/v2' && pair.account) {
      const { id, email, name, org } = pair.account
      const [firstName, lastName] = name.split(' ')
      return {
        status: 200,
        json: {
          data: { type: 'org', id: org, attributes: { name: org } },
          meta: {
            instanceUrl: '',
            application: { name: 'app' },
            scopes: pair.scopes,
            user: { id, email, firstName, lastName },
          },
        },
      }
    }
    return { status: 404, json: { errors: [] } }
  }

  const sockets = new Set<ServerResponse>()
  const server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    sockets.add(response)
    response.on('close', () => sockets.delete(response))
    const path = new URL(request.url ?? '/', 'http://local').pathname
    const body = await readBody(request)
    const isToken = path === '/oauth/token' || path === '/oauth2/token'
    const fault = (isToken ? state.tokenFaults : state.apiFaults).shift()
    const call = {
      path,
      grantType: body.get('grant_type'),
      authorization: request.headers.authorization ?? null,
      status: 0,
    }
    calls.push(call)
    if (fault && fault.kind !== 'lost_answer' && fault.kind !== 'held') return answerFault(response, fault)
    if (fault?.kind === 'held') await fault.until
    const { status, json } = isToken
      ? token(body)
      : path === '/oauth/revoke'
        ? revoke(body)
        : api(path, request)
    call.status = status
    if (fault?.kind === 'lost_answer') return void response.destroy()
    const type = path === '/api/v2' ? 'application/vnd.api+json' : 'application/json; charset=utf-8'
    response.writeHead(status, {
      'content-type': type,
      'cache-control': 'no-store',
      'x-ratelimit-limit': '10000',
      'x-ratelimit-remaining': '9990',
      'x-ratelimit-reset': String(Math.floor(options.now().getTime() / 1000) + 3600),
    })
    response.end(JSON.stringify(json))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    client,
    state,
    calls,
    pairs,
    registerRedirect: (uri: string) => void redirectUris.add(uri),
    tokenCalls: (grantType?: string) =>
      calls.filter(
        (call) => /^\/oauth2?\/token$/.test(call.path) && (!grantType || call.grantType === grantType),
      ),
    /** A person presses Authorize: what the browser brings back. */
    consent(authorizeUrl: URL, account: TestAccount): URLSearchParams {
      const query = authorizeUrl.searchParams
      const redirectUri = query.get('redirect_uri') ?? ''
      if (query.get('client_id') !== client.id || !redirectUris.has(redirectUri)) {
        throw new Error('the provider would show its own error page')
      }
      const code = randomBytes(32).toString('base64url')
      codes.set(code, {
        account,
        scopes: (query.get('scope') ?? '').split(' ').filter(Boolean),
        redirectUri,
        challenge: query.get('code_challenge'),
        used: false,
      })
      return new URLSearchParams({ code, state: query.get('state') ?? '' })
    },
    deny(authorizeUrl: URL): URLSearchParams {
      return new URLSearchParams({
        error: 'access_denied',
        error_description: 'The resource owner or authorization server denied the request.',
        state: authorizeUrl.searchParams.get('state') ?? '',
      })
    },
    /** Every secret the server ever gave out or was sent. */
    secrets(): string[] {
      const tokens = pairs.flatMap((pair) => [pair.access, ...(pair.refresh ? [pair.refresh] : [])])
      return [client.secret, ...codes.keys(), ...tokens]
    },
    pairOf: (access: string) => pairs.find((pair) => pair.access === access),
    async close(): Promise<void> {
      for (const response of sockets) response.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export type Doorkeeper = Awaited<ReturnType<typeof startDoorkeeper>>

async function readBody(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('multipart/')) {
    const form = await new Response(Buffer.concat(chunks), { headers: { 'content-type': type } }).formData()
    return new URLSearchParams([...form].map(([name, value]) => [name, String(value)]))
  }
  const text = Buffer.concat(chunks).toString()
  if (!type.includes('json')) return new URLSearchParams(text)
  const json: Record<string, unknown> = JSON.parse(text || '{}')
  return new URLSearchParams(Object.entries(json).map(([name, value]) => [name, String(value)]))
}

function answerFault(
  response: ServerResponse,
  fault: Exclude<Fault, { kind: 'lost_answer' | 'held' }>,
): void {
  switch (fault.kind) {
    case 'status':
      response.writeHead(fault.status, {
        'content-type': fault.type ?? 'application/json',
        ...(fault.retryAfter ? { 'retry-after': fault.retryAfter } : {}),
      })
      response.end(fault.body)
      return
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<!doctype html><title>Maintenance</title><h1>We are back soon</h1>')
      return
    case 'huge':
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ access_token: 'x'.repeat(5 * 1024 * 1024) }))
      return
    case 'silent':
      response.destroy()
      return
  }
}
