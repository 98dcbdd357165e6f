import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Secret } from '../lib/core/secret'
import type { StoredFigures } from '../lib/queries/stored-figures'
import { createMetrics } from '../lib/telemetry/metrics'
import { watchProcess } from '../lib/telemetry/process-metrics'
import { measureRequest } from './measure-requests'
import { answerMetrics, type MetricsFacts, mayRead } from './metrics'

const token = Secret.of('a-token-of-metrics')
const asking = (remoteAddress: string, headers: Record<string, string> = {}) => ({
  headers,
  socket: { remoteAddress },
})

describe('with METRICS_TOKEN', () => {
  it.each([
    ['its bearer reads', 'Bearer a-token-of-metrics', 'yes'],
    ['the scheme is read in any case', 'bearer a-token-of-metrics', 'yes'],
    ['another token does not', 'Bearer a-token-of-metricz', 'no_token'],
    ['a shorter one neither', 'Bearer a', 'no_token'],
    ['another scheme neither', 'Basic a-token-of-metrics', 'no_token'],
    ['nor an empty one', 'Bearer ', 'no_token'],
  ])('%s', (_words, authorization, answer) => {
    expect(mayRead(asking('203.0.113.9', { authorization }), token)).toBe(answer)
  })

  it('being on this machine is not enough', () => {
    expect(mayRead(asking('127.0.0.1'), token)).toBe('no_token')
  })
})

describe('without METRICS_TOKEN', () => {
  it.each([
    ['a program on this machine reads', asking('127.0.0.1'), 'yes'],
    ['over IPv6 too', asking('::1'), 'yes'],
    ['and through a dual-stack socket', asking('::ffff:127.0.0.1'), 'yes'],
    ['another machine does not', asking('10.0.0.7'), 'not_here'],
    [
      'nor what a proxy on this machine forwards',
      asking('127.0.0.1', { 'x-forwarded-for': '10.0.0.7' }),
      'not_here',
    ],
  ])('%s', (_words, request, answer) => {
    expect(mayRead(request, null)).toBe(answer)
  })
})

describe('a scrape', () => {
  let facts: MetricsFacts
  const faults: unknown[] = []
  const figures: StoredFigures = {
    connections: [{ provider: 'envoy', status: 'healthy', count: 3 }],
    oldestOverdueS: 12.5,
    openRotations: 1,
    workersAlive: 2,
    held: false,
    troubles: [{ provider: 'outreach', count: 1 }],
    jobs: [{ task: 'rotate', state: 'due', count: 4 }],
  }
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    measureRequest(facts.metrics, request, response, path)
    if (path === '/api/metrics') void answerMetrics(facts, request, response)
    else response.writeHead(404).end()
  })
  beforeAll(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(() => server.close())
  beforeEach(() => {
    facts = {
      metrics: createMetrics(),
      token: null,
      readFigures: async () => figures,
      onError: (error) => faults.push(error),
    }
  })

  const url = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`

  it('is Prometheus text, with the figures of the process, the database and the requests', async () => {
    watchProcess(facts.metrics)
    await (await fetch(url('/connections/con_secret'), { method: 'POST' })).text()
    const answer = await fetch(url('/api/metrics'))
    const text = await answer.text()
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4')
    for (const line of text.trimEnd().split('\n')) expect(line).toMatch(promLine)
    expect(text).toContain('patchbay_connections{provider="envoy",status="healthy"} 3')
    expect(text).toContain('patchbay_oldest_overdue_seconds 12.5')
    expect(text).toContain('patchbay_queue_jobs{task="rotate",state="due"} 4')
    expect(text).toContain('patchbay_provider_troubles_open{provider="outreach"} 1')
    expect(text).toMatch(/request_duration_seconds_count\{route="page",method="POST",status="4xx"\} 1/)
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m)
    expect(text).not.toContain('con_secret')
  })

  it('forgets what is no more, and leaves figures out while the database does not answer', async () => {
    await fetch(url('/api/metrics'))
    facts.readFigures = () => Promise.reject(new Error('the database is away'))
    const text = await (await fetch(url('/api/metrics'))).text()
    expect(faults).toHaveLength(1)
    expect(text).not.toMatch(/^patchbay_(connections|queue_jobs|workers_alive|oldest_overdue_seconds)/m)
    facts.readFigures = async () => ({ ...figures, connections: [] })
    const again = await (await fetch(url('/api/metrics'))).text()
    expect(again).toMatch(/^patchbay_workers_alive 2$/m)
    expect(again).not.toMatch(/^patchbay_connections/m)
  })

  it('is refused in words, and cannot be written to', async () => {
    facts.token = token
    const refused = await fetch(url('/api/metrics'))
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toBe('Bearer')
    expect(await refused.text()).not.toContain('patchbay_')
    const headers = { authorization: 'Bearer a-token-of-metrics' }
    expect((await fetch(url('/api/metrics'), { headers })).status).toBe(200)
    expect((await fetch(url('/api/metrics'), { headers, method: 'POST' })).status).toBe(405)
  })
})

/**
 * A line of the text exposition format: comment, or name, labels, value. prom-client writes `Nan` for the mean of nothing yet, which
 * the format's own reader (Go's ParseFloat) takes.
 */
const promLine =
  /^(# (HELP|TYPE) [a-zA-Z_:][\w:]* .+|[a-zA-Z_:][\w:]*(\{([a-zA-Z_]\w*="([^"\\\n]|\\["\\n])*",?)*\})? (-?[\d.]+(e[+-]?\d+)?|\+Inf|Na[Nn])|)$/
