import { createServer } from 'node:http'
import { serveOrder } from './serve-order'

const body = JSON.stringify({
  data: Array.from({ length: 5 }, (_, id) => ({
    type: 'prospect',
    id,
    attributes: { name: `Prospect ${id}` },
  })),
})

/** A provider's API that answers at once, with Outreach's rate headers (providers.md 1.4) and plenty left. */
serveOrder(async () =>
  createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    request.resume()
    response.writeHead(200, {
      'content-type': 'application/vnd.api+json',
      'content-length': Buffer.byteLength(body),
      'x-ratelimit-limit': '1000000',
      'x-ratelimit-remaining': '999999',
      'x-ratelimit-reset': new Date(Date.now() + 3_600_000).toUTCString(),
    })
    response.end(body)
  }),
)
