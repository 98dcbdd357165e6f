import { randomBytes } from 'node:crypto'
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../lib/core/ids'
import { Secret } from '../../lib/core/secret'
import { storePair } from '../../lib/rotation/store-pair'
import { testDatabase } from '../database'
import { makeKey } from '../machine-api'
import { productEffects } from './product-effects'
import { type ApiProcess, runApiProcess } from './run-api-process'

const gigabyte = 1024 ** 3
const aboveIdleMax = 100 * 1024 ** 2
const chunk = Buffer.alloc(64 * 1024, 'x')

const closers: (() => unknown)[] = []
let api: ApiProcess
let path: string
let key: string
/** Bytes that the provider has taken and given so far. */
const provider = { taken: 0, given: 0 }

beforeAll(async () => {
  const upstream = createServer((request, response) => {
    request.on('data', (data: Buffer) => {
      provider.taken += data.length
    })
    request.on('end', () => {
      const length = Number(request.url?.split('/').at(-1))
      response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': length })
      bytes(length, (given) => {
        provider.given += given
      }).pipe(response)
    })
  })
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    upstream.closeAllConnections()
    return new Promise((resolve) => upstream.close(resolve))
  })
  const database = await testDatabase()
  closers.push(database.close)
  const baseUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`
  const effects = await productEffects(database.url, { baseUrl, clientId: 'id', clientSecret: 'secret' })
  closers.push(effects.close)
  const { deps } = effects
  const connectionId = effects.makeId('connection')
  await deps.db.connection.create({
    data: {
      id: connectionId,
      provider: 'outstand',
      appId: effects.appId,
      grantKind: 'oauth_code',
      lifecycle: 'live',
      externalAccountId: connectionId,
      accountName: 'Joan Mercer',
      ownStatus: 'healthy',
    },
  })
  const tokens = {
    accessToken: Secret.of('a-token-of-this-test'),
    refreshToken: null,
    accessExpiresAt: new Date(Date.now() + 3_600_000),
    refreshExpiresAt: null,
    scopes: null,
    account: {},
  }
  await deps.db.$transaction((tx) =>
    storePair(tx, deps, { connectionId, tokens, kind: 'code', generation: 1 }),
  )
  const id = newId('user', Date.now(), randomBytes(10))
  const user = { id, name: 'Root', email: 'root@company.example', role: 'admin' as const }
  await deps.db.user.create({ data: user })
  key = (await makeKey(deps, { kind: 'user', ...user, sessionId: 'none' })).key
  path = `/api/v1/proxy/${connectionId}/api/v1/files`
  api = await runApiProcess(effects.env)
  closers.push(api.stop)
})
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** So many bytes, made as they are read. */
function bytes(length: number, onRead: (bytes: number) => void = () => {}): Readable {
  let left = length
  return new Readable({
    highWaterMark: chunk.length,
    read() {
      if (left === 0) return void this.push(null)
      const part = chunk.subarray(0, Math.min(left, chunk.length))
      left -= part.length
      onRead(part.length)
      this.push(part)
    },
  })
}

/** Sends so many bytes through the proxy and asks for so many back. */
function exchange(up: number, down: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${api.origin}${path}/${down}`, {
      method: up === 0 ? 'GET' : 'PUT',
      headers: { authorization: `Bearer ${key}`, ...(up === 0 ? {} : { 'content-length': up }) },
      agent: false,
    })
    request.on('response', resolve)
    request.on('error', reject)
    bytes(up).pipe(request)
  })
}

async function lengthOf(answer: IncomingMessage): Promise<number> {
  let length = 0
  for await (const part of answer) length += part.length
  return length
}

/** Memory when nothing goes on, after a first few calls. */
async function idle(): Promise<number> {
  for (let call = 0; call < 20; call += 1) await lengthOf(await exchange(1_000_000, 1_000_000))
  return (await api.memory()).rss
}

describe('the process’s memory stays under 100 MB above idle', { timeout: 600_000 }, () => {
  test('while a gigabyte comes down', async () => {
    const before = await idle()
    expect(await lengthOf(await exchange(0, gigabyte))).toBe(gigabyte)
    const { peakRss } = await api.memory()
    expect(peakRss - before).toBeLessThan(aboveIdleMax)
  })

  test('while a gigabyte goes up', async () => {
    const before = await idle()
    provider.taken = 0
    expect(await lengthOf(await exchange(gigabyte, 10))).toBe(10)
    expect(provider.taken).toBe(gigabyte)
    const { peakRss } = await api.memory()
    expect(peakRss - before).toBeLessThan(aboveIdleMax)
  })

  test('while its caller reads nothing: the provider has to wait', async () => {
    const before = await idle()
    provider.given = 0
    const answer = await exchange(0, gigabyte)
    let given = -1
    while (given !== provider.given) {
      given = provider.given
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    expect(given).toBeLessThan(gigabyte / 8)
    const { peakRss } = await api.memory()
    expect(peakRss - before).toBeLessThan(aboveIdleMax)
    answer.destroy()
  })
})
