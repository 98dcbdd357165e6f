import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Metrics } from '../lib/telemetry/metrics'
import { methodLabel, routeGroup } from './route-group'

/** Measures a request until its answer is sent, or until the client goes. */
export function measureRequest(
  { requestSeconds }: Pick<Metrics, 'requestSeconds'>,
  request: Pick<IncomingMessage, 'method' | 'headers'>,
  response: ServerResponse,
  path: string,
): void {
  const route = routeGroup(path, request.headers)
  // Open as long as a tab is: its length says nothing.
  if (route === 'stream') return
  const startedMs = performance.now()
  const method = methodLabel(request.method)
  response.on('close', () => {
    const status = response.writableFinished ? `${Math.floor(response.statusCode / 100)}xx` : 'aborted'
    requestSeconds.observe({ route, method, status }, (performance.now() - startedMs) / 1000)
  })
}
