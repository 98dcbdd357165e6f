import createClient, { type Client } from 'openapi-fetch'
import type { paths } from './api.generated'
import { PatchbayProblem, problemOf } from './problem'
import { type ReadToken, type Token, TokenCache } from './token-cache'

export type PatchbayOptions = {
  /** Where Patchbay is, for example `https://patchbay.example.com`. */
  baseUrl: string
  /** `pbk_…`, from the settings page. Keep it out of code and logs. */
  apiKey: string
  /** Seconds that a token has to live at least when it is handed out; 60 when left out. */
  minTtlS?: number
  /** In place of the global one. */
  fetch?: (request: Request) => Promise<Response>
}

export type ProxyOptions = {
  /** How often a call is made again that Patchbay held back for the rate limit (it was not made then); 0 when left out. */
  retries?: number
  /** Seconds to wait for such a retry at most; longer ones are handed to the caller. 60 when left out. */
  maxWaitS?: number
}

export type PatchbayClient = {
  /** Every operation of the API, typed by its OpenAPI document. Faults are in `error`. */
  api: Client<paths>
  /**
   * A live access token, from memory until shortly before it ends.
   *
   * @throws PatchbayProblem
   */
  token(connectionId: string): Promise<Token>
  /**
   * Call it when the provider refused a token with 401: Patchbay renews the pair, once for all who were refused the same.
   *
   * @throws PatchbayProblem
   */
  renew(connectionId: string, refused: Pick<Token, 'generation'>): Promise<Token>
  /** Drops what is kept of a connection's token. */
  forget(connectionId: string): void
  /**
   * Calls the provider through Patchbay, which adds the token and keeps to the rate limit.
   *
   * @param path with its query, as in the provider's documents: `api/v2/prospects?page[size]=50`
   * @returns the provider's answer, whatever its status; redirects are not followed
   * @throws PatchbayProblem when Patchbay itself answered, or something in between
   */
  proxy(connectionId: string, path: string, init?: RequestInit, options?: ProxyOptions): Promise<Response>
}

/** Of the account's rate limit, and of the key's own. */
const heldCodes = ['rate_limited', 'too_many_requests']

/** A client of one Patchbay with one API key. */
export function createPatchbayClient(options: PatchbayOptions): PatchbayClient {
  const baseUrl = options.baseUrl.replace(/\/+$/, '')
  const authorization = `Bearer ${options.apiKey}`
  const minTtlS = options.minTtlS ?? 60
  const send = options.fetch ?? ((request: Request) => fetch(request))
  const api = createClient<paths>({ baseUrl, headers: { authorization }, fetch: send })

  async function readToken(id: string, etag: string | null): Promise<ReadToken | 'unchanged'> {
    const { data, error, response } = await api.GET('/api/v1/connections/{id}/token', {
      params: {
        path: { id },
        query: { min_ttl_s: minTtlS },
        ...(etag ? { header: { 'if-none-match': etag } } : {}),
      },
    })
    if (response.status === 304) return 'unchanged'
    if (!data) throw problemOf(response, error)
    return {
      etag: response.headers.get('etag'),
      expiresInS: data.expires_in,
      token: {
        accessToken: data.access_token,
        expiresAt: data.expires_at === null ? null : new Date(data.expires_at),
        generation: data.generation,
        apiBaseUrl: data.api_base_url,
      },
    }
  }

  const tokens = new TokenCache(readToken, minTtlS * 1000, () => performance.now())

  async function proxyOnce(connectionId: string, path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('authorization', authorization)
    const url = `${baseUrl}/api/v1/proxy/${encodeURIComponent(connectionId)}/${path.replace(/^\/+/, '')}`
    // A redirect is the provider's answer: followed from here, it would lead past Patchbay with all that was sent.
    const response = await send(new Request(url, { ...init, headers, redirect: 'manual' }))
    if (response.headers.get('patchbay-answer') === 'provider') return response
    throw problemOf(response, await response.json().catch(() => null))
  }

  return {
    api,
    token: (connectionId) => tokens.get(connectionId),
    forget: (connectionId) => tokens.forget(connectionId),
    async renew(id, { generation }) {
      const { data, error, response } = await api.POST('/api/v1/connections/{id}/refresh', {
        params: { path: { id } },
        body: { generation },
      })
      if (!data) throw problemOf(response, error)
      tokens.forget(id)
      return tokens.get(id)
    },
    async proxy(connectionId, path, init = {}, { retries = 0, maxWaitS = 60 } = {}) {
      // A stream is read once: it cannot be sent again.
      const tries = init.body instanceof ReadableStream ? 0 : retries
      for (let left = tries; ; left -= 1) {
        try {
          return await proxyOnce(connectionId, path, init)
        } catch (error) {
          const waitS = heldForS(error)
          if (waitS === null || left <= 0 || waitS > maxWaitS) throw error
          await pause(waitS * 1000, init.signal ?? null)
        }
      }
    },
  }
}

/** The wait that Patchbay asks for when it held a call back, `null` for everything else: only of such a call it is known that it was not made. */
function heldForS(error: unknown): number | null {
  const isHeld = error instanceof PatchbayProblem && heldCodes.includes(error.code)
  return isHeld ? error.retryAfterS : null
}

function pause(ms: number, signal: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    if (signal?.aborted) stop()
    else signal?.addEventListener('abort', stop, { once: true })
  })
}
