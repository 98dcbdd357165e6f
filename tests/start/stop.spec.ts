import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from '@playwright/test'
import { statusOf } from '../product/run-product'
import { type EmbeddedPlace, embeddedPlace, lives } from './embedded-product'

let place: EmbeddedPlace
test.beforeEach(async () => {
  place = await embeddedPlace()
})
test.afterEach(() => place.close())

test('a running request is finished, however often the stop is asked for', async () => {
  const product = place.run()
  await product.ready()
  const database = await place.postmaster()

  const body = '{"event":"none"}'
  const slow = connect(place.port, '127.0.0.1').setEncoding('utf8')
  slow.write(
    `POST /api/webhooks/envoy HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nexpect: 100-continue\r\n\r\n`,
  )
  // That is how a server says that it has taken the request.
  expect(String(await once(slow, 'data'))).toContain('100 Continue')
  slow.write(body.slice(0, 5))
  const answered = once(slow, 'data')

  product.signal('SIGTERM')
  await expect.poll(() => statusOf(`${place.url}/api/health/ready`)).toBe(503)
  for (const again of ['SIGTERM', 'SIGINT', 'SIGINT'] as const) product.signal(again)
  expect(await statusOf(`${place.url}/api/health/live`)).toBe(200)
  expect(lives(database.pid)).toBe(true)

  slow.write(body.slice(5))
  expect(String(await answered)).toMatch(/^HTTP\/1\.1 4\d\d /)
  expect(await product.exited).toBe(0)
  await expect.poll(() => lives(database.pid)).toBe(false)
})
