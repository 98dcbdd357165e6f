import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type MachineApi, makeKey, startMachineApi } from '../../tests/machine-api'
import { ada, connected, makeWorld, type World } from '../connections/test-world'
import { connectionSchema } from './connections/connection-schema'

let world: World
let api: MachineApi
let connectionId: string
let key: string

beforeAll(async () => {
  world = await makeWorld({ provider: 'outstand' })
  api = await startMachineApi(world.deps)
  connectionId = await connected(world, ada)
  key = (await makeKey(world.deps, world.admin)).key
})
afterAll(async () => {
  await api.close()
  await world.close()
})

const problemOf = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  const body = await answer.json()
  expect(body.status).toBe(answer.status)
  return body
}

describe('a connection', () => {
  test('is told as documented', async () => {
    const answer = await api.ask(`/api/v1/connections/${connectionId}`, key)
    expect(answer.status).toBe(200)
    const told = connectionSchema.strict().parse(await answer.json())
    expect(told).toMatchObject({ id: connectionId, provider: 'outstand', status: { code: 'healthy' } })
  })

  test('out of the key’s reach looks like one that does not exist', async () => {
    const other = await makeKey(world.deps, world.admin, { providers: ['envoy'] })
    const kept = await problemOf(await api.ask(`/api/v1/connections/${connectionId}`, other.key))
    const missing = await problemOf(await api.ask(`/api/v1/connections/con_${'0'.repeat(26)}`, other.key))
    expect({ ...kept, instance: '' }).toEqual({ ...missing, instance: '' })
    expect(kept).toMatchObject({ status: 404, code: 'not_found' })
  })
})

describe('every answer', () => {
  test('says that it is the gateway’s, is kept by nobody, and has an id', async () => {
    for (const path of ['/api/v1/connections/x', '/api/v1/nothing', `/api/v1/connections/${connectionId}`]) {
      const { headers } = await api.ask(path, key)
      expect(Object.fromEntries(headers)).toMatchObject({
        'patchbay-answer': 'gateway',
        'x-content-type-options': 'nosniff',
        'patchbay-request-id': expect.stringMatching(/^[0-9a-f]{12}-[0-9a-z]+$/),
      })
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})

describe('a request', () => {
  test('without a key, or with a wrong one, is asked for a Bearer key', async () => {
    const path = `/api/v1/connections/${connectionId}`
    const none = await api.ask(path)
    expect(none.headers.get('www-authenticate')).toBe('Bearer realm="Patchbay"')
    expect(await problemOf(none)).toMatchObject({ status: 401, code: 'key_invalid', reason: 'missing' })
    const wrong = await api.ask(path, `${key.slice(0, -1)}_`)
    expect(wrong.headers.get('www-authenticate')).toContain('error="invalid_token"')
    expect(await problemOf(wrong)).toMatchObject({ status: 401, reason: 'malformed' })
  })

  test('with a key of too few scopes is told which one is missing', async () => {
    const poor = await makeKey(world.deps, world.admin, { scopes: ['proxy'] })
    const answer = await api.ask(`/api/v1/connections/${connectionId}`, poor.key)
    expect(await problemOf(answer)).toMatchObject({
      status: 403,
      code: 'scope_missing',
      scope: 'connections:read',
    })
  })

  test('with the key in its address is refused, and the key reaches no log', async () => {
    const answer = await api.ask(`/api/v1/connections/${connectionId}?key=${key}`)
    expect(await problemOf(answer)).toMatchObject({ status: 400, code: 'invalid_input' })
    expect(world.logLines.join('\n')).not.toContain(key)
  })

  test('to an unknown path is 404, by another method 405 with those that are allowed', async () => {
    expect(await problemOf(await api.ask('/api/v1/nothing', key))).toMatchObject({ code: 'path_unknown' })
    const answer = await api.ask(`/api/v1/connections/${connectionId}`, key, { method: 'DELETE' })
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    expect(await problemOf(answer)).toMatchObject({ status: 405, code: 'method_not_allowed' })
    const options = await api.ask(`/api/v1/connections/${connectionId}`, undefined, { method: 'OPTIONS' })
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS'])
  })

  test('for the head alone gets the head alone', async () => {
    const answer = await api.ask(`/api/v1/connections/${connectionId}`, key, { method: 'HEAD' })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(100)
  })

  test('with a parameter that nobody knows is told the ones there are', async () => {
    const answer = await api.ask(`/api/v1/connections/${connectionId}?min_ttl_s=5`, key)
    expect(await problemOf(answer)).toMatchObject({ status: 400, code: 'invalid_input' })
  })

  test('for a page is none of the API’s', async () => {
    expect((await api.ask('/connections')).status).toBe(418)
    expect((await api.ask('/api/health/live')).status).toBe(200)
  })
})
