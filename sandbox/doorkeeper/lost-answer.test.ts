import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { faultActions } from '../kernel/fault-actions'
import { type Served, serve } from '../kernel/serve'
import { TEST_CLIENT, type TestServer, type Tokens, testServer } from './test-server'

let server: TestServer
let served: Served
let first: Tokens
beforeEach(async () => {
  server = testServer()
  served = await serve(server.app, 0, '127.0.0.1')
  first = await server.connect()
  await faultActions(server.context.faults, { token: ['/oauth/token'], api: ['/api/'] })['lose-answer']?.run(
    {},
  )
})
afterEach(() => served.close())

const refreshOverTheWire = () =>
  fetch(`http://127.0.0.1:${served.port}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: first.refresh_token,
      client_id: TEST_CLIENT.clientId,
      client_secret: TEST_CLIENT.secret,
    }),
  })

describe('the answer to a refresh is lost on the way', () => {
  it('and a second try with the same token works, where it dies on first use', async () => {
    await expect(refreshOverTheWire()).rejects.toThrow()
    expect(server.doorkeeper.overview().livePairs).toBe(2)
    expect((await refreshOverTheWire()).status).toBe(200)
  })

  it('and the connection is lost, where it dies at once', async () => {
    await server.doorkeeper.actions['rotation-mode']?.run({ mode: 'immediate' })
    await expect(refreshOverTheWire()).rejects.toThrow()
    const second = await refreshOverTheWire()
    expect([second.status, ((await second.json()) as { error: string }).error]).toEqual([
      400,
      'invalid_grant',
    ])
  })
})
