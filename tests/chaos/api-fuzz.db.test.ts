import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { revokeKey } from '../../lib/api-keys/revoke-key'
import { ada, connected, grace, makeWorld, type World } from '../../lib/connections/test-world'
import { apiScopes } from '../../lib/core/api-scopes'
import { type MachineApi, makeKey, startMachineApi } from '../machine-api'
import { type FuzzRequest, fuzzRequest } from './fuzz-request'
import { sendRaw } from './send-raw'

const requests = 10_000
const atOnce = 50
/** Nothing that is answered at all takes as long; it only tells a hang from a slow machine. */
const hangMs = 60_000

let world: World
let api: MachineApi
let keys: string[]
let ids: string[]

beforeAll(async () => {
  world = await makeWorld({ provider: 'outstand' })
  api = await startMachineApi(world.deps)
  ids = [await connected(world, ada), await connected(world, grace)]
  const revoked = await makeKey(world.deps, world.admin)
  const limited = await makeKey(world.deps, world.admin, { connectionIds: ids.slice(0, 1) })
  const single = await Promise.all(
    apiScopes.map((scope) => makeKey(world.deps, world.admin, { scopes: [scope] })),
  )
  await revokeKey(world.deps, world.admin, { keyId: revoked.id })
  const all = await makeKey(world.deps, world.admin)
  keys = [all.key, all.key, limited.key, revoked.key, ...single.map(({ key }) => key)]
})
afterAll(async () => {
  await api.close()
  await world.close()
})

/** Whatever must not be in an answer that is no token; what a token answer holds is its own token alone. */
function secrets(): string[] {
  const { client, pairs } = world.doorkeeper
  return [client.secret, ...keys, ...pairs.flatMap(({ refresh }) => refresh ?? [])]
}

test('10,000 odd requests are answered, none by an error of the server, none with a secret', async () => {
  const samples = fc.sample(fuzzRequest({ keys, ids }), { numRuns: requests, seed: 4_711 })
  const faults: string[] = []
  const statuses = new Map<number, number>()
  let next = 0
  async function worker(): Promise<void> {
    for (let request = samples[next++]; request; request = samples[next++]) {
      const answer = await sendRaw(api.port, request, hangMs)
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      faults.push(...faultsOf(request, answer))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  expect(faults.slice(0, 5)).toEqual([])
  // The run means something only if it went deeper than the door.
  for (const status of [200, 400, 401, 403, 404, 405]) expect([...statuses.keys()]).toContain(status)
  const log = world.logLines.join('\n')
  for (const secret of [...secrets(), ...world.doorkeeper.pairs.map(({ access }) => access)])
    expect(log.includes(secret)).toBe(false)
  expect((await api.ask('/api/v1/connections', keys[0])).status).toBe(200)
}, 600_000)

function faultsOf(request: FuzzRequest, { status, text }: { status: number; text: string }): string[] {
  const words = `${request.method} ${JSON.stringify(request.target)} → ${status}`
  const faults: string[] = []
  // 502 to 504 tell of the provider, as it should be when a call through the proxy fails there.
  const isOurs = status === 500 || (status >= 500 && !request.target.includes('/proxy/'))
  if (status === 0 || isOurs) faults.push(`${words}: ${text.slice(0, 300)}`)
  if (secrets().some((secret) => text.includes(secret))) faults.push(`${words} holds a secret`)
  const holdsToken = world.doorkeeper.pairs.some(({ access }) => text.includes(access))
  if (holdsToken && !/\/token(\?|$)/.test(request.target)) faults.push(`${words} holds a token`)
  return faults
}

test.each([
  ['no HTTP', 'hello\r\n\r\n'],
  ['a broken request line', 'GET\r\n\r\n'],
  [
    'two lengths',
    'POST /api/v1/connections HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabc',
  ],
  [
    'a length beside chunks',
    'POST /api/v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  [
    'a chunk without a size',
    'POST /api/v1/x HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n\r\n',
  ],
  ['a NUL in a header', 'GET /api/v1/connections HTTP/1.1\r\nhost: a\r\nx-y: a\0b\r\n\r\n'],
  ['a NUL in the path', 'GET /api/v1/conn\0ections HTTP/1.1\r\nhost: a\r\n\r\n'],
  ['no host', 'GET /api/v1/connections HTTP/1.1\r\n\r\n'],
  ['a host that is none', 'GET /api/v1/connections HTTP/1.1\r\nhost: a/b?c\r\n\r\n'],
  ['headers without end', `GET /api/v1/connections HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`],
  ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
])('what is no request is refused, not left hanging: %s', async (_words, bytes) => {
  const socket = connect(api.port, '127.0.0.1')
  let text = ''
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += chunk
  })
  socket.on('error', () => {})
  socket.write(bytes, 'latin1')
  // It may be cut while it still sends, which is a refusal too.
  await new Promise((resolve) => socket.once('close', resolve).once('data', resolve))
  socket.destroy()
  expect(text).toMatch(/^(HTTP\/1\.1 4\d\d |$)/)
})
