import { createServer } from 'node:http'
import { connect, createServer as createTcpServer } from 'node:net'
import { expect, test } from '@playwright/test'
import { freePorts } from '../product/free-ports'
import { statusOf } from '../product/run-product'
import { type EmbeddedPlace, embeddedPlace, lives } from './embedded-product'

let place: EmbeddedPlace
test.beforeEach(async () => {
  place = await embeddedPlace()
})
test.afterEach(() => place.close())

test('the first start says where to open the browser and how to get in, and ends cleanly', async () => {
  const product = place.run()
  await product.ready()
  await expect.poll(product.output).toMatch(/Set up +http:\/\/localhost:\d+\/welcome\/start\?token=\S+/)
  expect(product.output()).toMatch(new RegExp(`Open +http://localhost:${place.port}\\n`))
  expect(await statusOf(`${place.url}/sign-in`)).toBe(200)
  expect(await statusOf(`${place.control}/health`)).toBe(200)
  const database = await place.postmaster()
  expect(await product.stop()).toBe(0)
  await expect.poll(() => lives(database.pid)).toBe(false)
  expect(await statusOf(`${place.control}/health`)).toBe(null)
})

test('a second start goes on with what the first one stored', async () => {
  const first = place.run({ ADMIN_EMAIL: 'owner@example.com', ADMIN_PASSWORD: 'a-long-first-password' })
  await first.ready()
  await expect.poll(first.output).toContain('Open')
  expect(first.output()).not.toContain('Set up')
  expect(await first.stop()).toBe(0)
  const second = place.run()
  await second.ready()
  await expect.poll(second.output).toContain('Open')
  expect(second.output()).not.toContain('Set up')
  expect(second.output()).not.toContain('making the database')
})

test('a copy of its folder that is started beside it holds its renewals, and it goes on itself', async () => {
  const first = place.run()
  await first.ready()
  expect(first.output()).not.toContain('This database is a copy')
  expect(await first.stop()).toBe(0)
  const DATA_DIR = await place.copyFolder()
  const original = place.run()
  await original.ready()
  const copy = place.run({ DATA_DIR, PORT: String(await freePorts(1)), SANDBOX: 'off' })
  await copy.ready()
  await expect
    .poll(copy.output)
    .toContain('This database is a copy: rotations are held until somebody presses Go on. Its files were in ')
  expect(original.output()).not.toContain('This database is a copy')
  for (const product of [copy, original]) expect(await product.stop()).toBe(0)
})

test('it starts again after Node was killed, and adopts the database that runs', async () => {
  const killed = place.run()
  await killed.ready()
  const database = await place.postmaster()
  killed.signal('SIGKILL')
  await killed.exited
  expect(lives(database.pid)).toBe(true)
  await place.run().ready()
  expect((await place.postmaster()).pid).toBe(database.pid)
})

test('it starts again after Node and PostgreSQL were killed', async () => {
  const killed = place.run()
  await killed.ready()
  const database = await place.postmaster()
  killed.signal('SIGKILL')
  process.kill(database.pid, 'SIGKILL')
  await killed.exited
  await place.run().ready()
  expect((await place.postmaster()).pid).not.toBe(database.pid)
})

test('PostgreSQL killed under it: not ready, pages answer an error, then all by itself ready again', async () => {
  const product = place.run()
  await product.ready()
  const database = await place.postmaster()
  process.kill(database.pid, 'SIGKILL')
  // It cannot come back before somebody has seen that it is gone.
  const giveBack = await takePort(database.port)
  await expect.poll(() => statusOf(`${place.url}/api/health/ready`)).toBe(503)
  expect(await statusOf(`${place.url}/api/health/live`)).toBe(200)
  await giveBack()
  await product.ready()
  expect(await statusOf(`${place.url}/sign-in`)).toBe(200)
})

test('a worker alone serves its figures to whoever bears METRICS_TOKEN, and nothing else', async () => {
  const token = 'a-token-of-the-start-test'
  const product = place.run({ ROLES: 'worker', METRICS_TOKEN: token })
  await product.ready()
  const metrics = `${place.url}/api/metrics`
  expect(await statusOf(metrics)).toBe(401)
  expect(await statusOf(`${place.url}/sign-in`)).toBe(404)
  const answer = await fetch(metrics, { headers: { authorization: `Bearer ${token}` } })
  const text = await answer.text()
  expect(text).toMatch(/^patchbay_workers_alive 1$/m)
  expect(text).toMatch(/^patchbay_oldest_overdue_seconds 0$/m)
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m)
  expect(await firstLine('GET http://elsewhere.example/ HTTP/1.1')).toBe('HTTP/1.1 400 Bad Request')
  expect(text).toMatch(/request_duration_seconds_count\{route="metrics",method="GET",status="4xx"\} 1/)
})

test('a taken port is named, with what to set', async () => {
  const other = createServer((_request, response) => response.end('another program'))
  await new Promise<void>((resolve) => other.listen(place.port, '127.0.0.1', resolve))
  const product = place.run()
  expect(await product.exited).toBe(1)
  expect(product.output()).toMatch(new RegExp(`Port ${place.port} is taken.*PORT=\\d+ npm start`))
  await new Promise((resolve) => other.close(resolve))
})

test('every fault of the environment is told at once, and nothing is started', async () => {
  const product = place.run({ LOG_LEVEL: 'loud', SANDBOX: 'perhaps', OUTREACH_CLIENT_ID: 'alone' })
  expect(await product.exited).toBe(1)
  for (const name of ['LOG_LEVEL', 'SANDBOX', 'OUTREACH_CLIENT_SECRET'])
    expect(product.output()).toContain(`  ${name} `)
  await expect(place.postmaster()).rejects.toThrow(/ENOENT/)
})

test('a database that is down is named, without its password', async () => {
  const key = Buffer.alloc(32, 1).toString('base64')
  const product = place.run({
    DATABASE_URL: 'postgresql://patchbay:pw-in-the-clear@127.0.0.1:1/patchbay',
    NEXTAUTH_SECRET: key,
    ENCRYPTION_KEYS: `k1:${key}`,
  })
  expect(await product.exited).toBe(1)
  expect(product.output()).toMatch(/The database at 127\.0\.0\.1:1 cannot be used\.\n.*Nothing listens there/)
  expect(product.output()).not.toContain('pw-in-the-clear')
})

/** Listens on a port as soon as its holder is gone. @returns what ends that */
async function takePort(port: number): Promise<() => Promise<void>> {
  for (;;) {
    const server = createTcpServer((socket) => socket.destroy())
    const listens = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (listens) return () => new Promise((resolve) => server.close(() => resolve()))
  }
}

/** What a request line is answered with, as it goes over the wire: `fetch` sends none that is odd. */
async function firstLine(requestLine: string): Promise<string | undefined> {
  const socket = connect(place.port, '127.0.0.1')
  socket.end(`${requestLine}\r\nhost: localhost\r\nconnection: close\r\n\r\n`)
  let text = ''
  for await (const part of socket.setEncoding('utf8')) text += part
  return text.split('\r\n')[0]
}
