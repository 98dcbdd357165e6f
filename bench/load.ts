import { randomInt } from 'node:crypto'
import autocannon from 'autocannon'
import type { LoadOrder, LoadResult } from './load-process'

const atOnce = 16
/** Of each client, over and over: enough that the clients together ask for most rows. */
const pathsOfClient = 5_000

/** A load generator in a process of its own: sixteen clients that ask for random paths, each as soon as it has its answer. */
process.on('message', async (order: LoadOrder) => {
  const results = await Promise.all(order.urls.map((url) => load(url, atOnce / order.urls.length, order)))
  const told: LoadResult = {
    perSecond: results.reduce((sum, result) => sum + result['2xx'] / result.duration, 0),
    p99Ms: Math.max(...results.map((result) => result.latency.p99)),
    failed: results.reduce((sum, { non2xx, errors, timeouts }) => sum + non2xx + errors + timeouts, 0),
  }
  process.send?.(told)
})
process.on('disconnect', () => process.exit())

function load(url: string, connections: number, { paths, headers, seconds }: LoadOrder) {
  return autocannon({
    url,
    connections,
    duration: seconds,
    headers,
    setupClient(client) {
      const count = Math.min(paths.length, pathsOfClient)
      const requests = Array.from({ length: count }, () => paths[randomInt(paths.length)] ?? '/')
      client.setRequests(requests.map((path) => ({ method: 'GET', path })))
    },
  })
}
