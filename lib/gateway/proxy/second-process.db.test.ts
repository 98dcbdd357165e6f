import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type MachineApi, startMachineApi } from '../../../tests/machine-api'
import { type TestDeps, testDeps } from '../../../tests/test-deps'
import { disconnectConnection } from '../../connections/disconnect-connection'
import { makeProxyWorld, type ProxyWorld } from './test-proxy'

/** Two processes on one database; programs call by the second, people act in the first. */
let proxy: ProxyWorld
let second: TestDeps
let api: MachineApi
let calls = 0

beforeAll(async () => {
  const env = { ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}` }
  proxy = await makeProxyWorld({ env })
  second = await testDeps({ url: proxy.world.deps.config.databaseUrl.reveal() }, env)
  api = await startMachineApi(second.deps)
})
afterAll(async () => {
  await api.close()
  await second.close()
  await proxy.close()
})
beforeEach(() => {
  second.deps.clock.set(proxy.world.deps.clock.now())
  calls = 0
  proxy.upstream.answer = (_request, response) => {
    calls += 1
    response.end('{}')
  }
})

const callBy = (id: string) => api.ask(`/api/v1/proxy/${id}/api/v1/people`, proxy.key)
const codeOf = async (answer: Response) => (await answer.json()).code
const disconnect = (connectionId: string) =>
  disconnectConnection(proxy.world.deps, proxy.world.admin, { connectionId })

/** An account whose token the second process has at hand. */
async function known(): Promise<string> {
  const id = await proxy.connectAnother()
  expect([(await callBy(id)).status, (await callBy(id)).status]).toEqual([200, 200])
  calls = 0
  return id
}

describe('an account that was disconnected in another process', () => {
  test('is not called any more from the moment its news arrives', async () => {
    const id = await known()
    // News comes in the order in which it was sent: with the last of it, the account's has come.
    const heard = new Promise<void>((resolve) => {
      second.deps.events.subscribe((event) => event.topic === 'flow' && event.id === id && resolve())
    })
    await disconnect(id)
    await proxy.world.deps.events.publish({ topic: 'flow', id })
    await heard
    expect(await codeOf(await callBy(id))).toBe('connection_ended')
    expect(await codeOf(await api.ask(`/api/v1/connections/${id}/token`, proxy.key))).toBe('connection_ended')
    expect(calls).toBe(0)
  })

  test('is not called when its news was lost with the connection', async () => {
    const id = await known()
    const { deps } = proxy.world
    await deps.db.$queryRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'patchbay live events' AND datname = current_database()`
    await disconnect(id)
    await expect.poll(async () => codeOf(await callBy(id))).toBe('connection_ended')
    await expect.poll(() => second.deps.events.isListening()).toBe(true)
    expect(await codeOf(await callBy(id))).toBe('connection_ended')
  })
})
