import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Config } from '../lib/config/config'
import type { ApiHandler } from '../lib/gateway/answer-api'
import { pathOf } from '../lib/http/path-of'
import type { StoredFigures } from '../lib/queries/stored-figures'
import type { Logger } from '../lib/telemetry/logger'
import type { Metrics } from '../lib/telemetry/metrics'
import { clientAddressReader } from './client-address'
import { closeQueuedAnswers } from './close-queued-answers'
import { answerHealth, isHealthPath } from './health'
import { createHttpDrain, type HttpDrain } from './http-drain'
import { ignoreUpgrades, refuseUpgrades } from './ignore-upgrades'
import { headTimeouts, limitArrival } from './limit-arrival'
import { measureRequest } from './measure-requests'
import { answerMetrics, metricsPath } from './metrics'
import { isApiPath, openApi } from './open-api'
import { pageHeaders, pagePolicy } from './page-policy'
import { StartFault } from './start-fault'

export type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export type Web = {
  /** Where it listens. */
  port: number
  drain: HttpDrain['drain']
}

export type WebOptions = {
  config: Config
  log: Logger
  metrics: Metrics
  dev: boolean
  /** The machine API. */
  api: ApiHandler
  /** Makes what answers everything that is not answered here. @param server for hot reload */
  openPages(server: Server): Promise<PageHandler>
  askDatabase(): Promise<unknown>
  readFigures(): Promise<StoredFigures>
}

/**
 * Opens the one port: health checks and metrics answered here; where this process has the role `web`, the machine API beside Next,
 * and everything else by Next.
 *
 * @throws StartFault when the port was taken meanwhile
 */
export async function openWeb(options: WebOptions): Promise<Web> {
  const { config, log } = options
  const server = createServer(headTimeouts)
  if (options.dev) refuseUpgrades(server)
  else ignoreUpgrades(server)
  closeQueuedAnswers(server)
  const drain = createHttpDrain(server, (request) => isAside(pathOf(request.url ?? '/')))
  const clientAddress = clientAddressReader(config.trustProxy)
  const guardPage = pageGuard(options)
  const isWeb = config.roles.includes('web')
  const api = isWeb ? openApi(options.api) : null
  const pages = isWeb ? await options.openPages(server) : null

  const figures = {
    metrics: options.metrics,
    token: config.metricsToken,
    readFigures: options.readFigures,
    onError: (error: unknown) => log.warn({ err: error }, 'the database gave no figures'),
  }

  server.on('request', (request, response) => {
    const path = pathOf(request.url ?? '/')
    drain.enter(request, response)
    // Pages make addresses of it; a proxy's form (`GET http://…`) and `OPTIONS *` are none of ours.
    if (!path.startsWith('/')) return response.writeHead(400).end()
    limitArrival(request, path)
    measureRequest(options.metrics, request, response, path)
    // The hot path; it answers its errors by itself.
    if (api && isApiPath(path)) return api(request, response)
    return answer(request, response, path)
  })

  async function answer(request: IncomingMessage, response: ServerResponse, path: string) {
    try {
      if (path === metricsPath) return await answerMetrics(figures, request, response)
      if (isHealthPath(path)) {
        const facts = { draining: drain.draining, askDatabase: options.askDatabase }
        return await answerHealth(path, facts, request, response)
      }
      if (!pages) return response.writeHead(404).end()
      guardPage(request, response, path)
      const forwarded = request.headers['x-forwarded-for']
      request.headers['x-forwarded-for'] = clientAddress(
        request.socket.remoteAddress,
        String(forwarded ?? ''),
      )
      await pages(request, response)
    } catch (error) {
      log.error({ err: error, path }, 'a request failed')
      if (!response.headersSent) response.writeHead(500)
      response.end()
    }
  }
  return { port: await listen(server, config), drain: drain.drain }
}

/**
 * Gives a request for a page its Content-Security-Policy: Next reads the nonce from the request's own header and puts it on its
 * scripts. Routes under /api say for themselves what their answers may do.
 */
function pageGuard({ config, dev }: WebOptions) {
  const shared = Object.entries(pageHeaders(config))
  return (request: IncomingMessage, response: ServerResponse, path: string): void => {
    for (const [name, value] of shared) response.setHeader(name, value)
    request.headers['x-patchbay-path'] = request.url ?? '/'
    if (path.startsWith('/api/') || path.startsWith('/_next/static/')) return
    const policy = pagePolicy(config, randomBytes(16).toString('base64'), dev)
    request.headers['content-security-policy'] = policy
    response.setHeader('content-security-policy', policy)
  }
}

/** @returns the port: one that was free where 0 was asked for */
function listen(server: Server, { port, host }: Pick<Config, 'port' | 'host'>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new StartFault(`Port ${port} could not be opened.`, [cause.message], { cause })),
    )
    server.listen({ port, host }, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

/** What load balancers and scrapers ask again and again, also while the process stops. */
function isAside(path: string): boolean {
  return isHealthPath(path) || path === metricsPath
}
