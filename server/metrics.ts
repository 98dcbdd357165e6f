import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isLoopback } from '../lib/config/loopback'
import type { Secret } from '../lib/core/secret'
import type { StoredFigures } from '../lib/queries/stored-figures'
import type { Metrics } from '../lib/telemetry/metrics'

export const metricsPath = '/api/metrics'

export type MetricsFacts = {
  metrics: Metrics
  /** METRICS_TOKEN */
  token: Secret | null
  readFigures(): Promise<StoredFigures>
  onError(error: unknown): void
}

type Asking = {
  method?: string
  headers: IncomingMessage['headers']
  socket: Pick<IncomingMessage['socket'], 'remoteAddress'>
}

/**
 * Whether a scraper may read the figures. With METRICS_TOKEN it must bear it (RFC 6750). Without, only a program on this machine that
 * came straight to us may: a proxy on the same machine also comes from loopback, but says that it forwards.
 */
export function mayRead(request: Asking, token: Secret | null): 'yes' | 'no_token' | 'not_here' {
  if (token !== null) return bears(request.headers.authorization, token) ? 'yes' : 'no_token'
  const forwarded = ['x-forwarded-for', 'forwarded', 'via'].some((name) => name in request.headers)
  const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  return isLoopback(peer) && !forwarded ? 'yes' : 'not_here'
}

/** Compared by their digests: equal lengths, equal time. */
function bears(header: string | undefined, token: Secret): boolean {
  const [, given] = /^Bearer +(\S+)$/i.exec(header ?? '') ?? []
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return given !== undefined && timingSafeEqual(digest(given), digest(token.reveal()))
}

/** Answers a scrape in the text form of Prometheus; figures of the database are left out while it does not answer. */
export async function answerMetrics(
  facts: MetricsFacts,
  request: Asking,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end()
    return
  }
  const answer = mayRead(request, facts.token)
  if (answer === 'no_token') {
    refuse(response, 401, 'Send METRICS_TOKEN as a bearer token.\n', { 'www-authenticate': 'Bearer' })
    return
  }
  if (answer === 'not_here') {
    refuse(response, 403, 'Set METRICS_TOKEN to read the figures from another machine.\n')
    return
  }
  await refreshStored(facts)
  const body = await facts.metrics.registry.metrics()
  response.writeHead(200, {
    'content-type': facts.metrics.registry.contentType,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function refuse(response: ServerResponse, code: number, words: string, headers = {}): void {
  response.writeHead(code, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
  })
  response.end(words)
}

async function refreshStored({ metrics: { stored }, readFigures, onError }: MetricsFacts): Promise<void> {
  const figures = await readFigures().catch((error: unknown) => {
    onError(error)
    return null
  })
  for (const gauge of Object.values(stored)) gauge.reset()
  if (figures === null) {
    // A gauge without labels would go on as 0, which means that all is well.
    for (const gauge of [
      stored.oldestOverdue,
      stored.openRotations,
      stored.workersAlive,
      stored.rotationsHeld,
    ])
      gauge.remove()
    return
  }
  for (const { provider, status, count } of figures.connections)
    stored.connections.set({ provider, status }, count)
  for (const { task, state, count } of figures.jobs) stored.jobs.set({ task, state }, count)
  for (const { provider, count } of figures.troubles) stored.providerTroubles.set({ provider }, count)
  stored.oldestOverdue.set(figures.oldestOverdueS)
  stored.openRotations.set(figures.openRotations)
  stored.workersAlive.set(figures.workersAlive)
  stored.rotationsHeld.set(figures.held ? 1 : 0)
}
