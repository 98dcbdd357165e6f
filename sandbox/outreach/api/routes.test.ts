import { beforeEach, describe, expect, it } from 'vitest'
import { testContext } from '../../kernel/test-context'
import { orgById, personById } from '../data/orgs'
import { initialState } from '../state'
import type { Bearer, Caller } from './caller'
import { setRemaining } from './rate-window'
import { apiRoutes } from './routes'

const HOUR_MS = 3_600_000
const mira = callerOf(1001, ['accounts.read', 'accounts.delete', 'tasks.all'])
const tom = callerOf(1002, ['accounts.all', 'users.read'])
const s2s: Caller = {
  ...callerOf(1001, ['accounts.read', 'users.read']),
  person: undefined,
  bucket: 'install/1',
}
const bearers: Record<string, Bearer> = {
  mira: { kind: 'live', caller: mira },
  tom: { kind: 'live', caller: tom },
  s2s: { kind: 'live', caller: s2s },
  old: { kind: 'expired' },
  ended: { kind: 'revoked' },
}

function callerOf(personId: number, scopes: string[]): Caller {
  const person = personById(personId)
  const org = orgById(101)
  if (person === undefined || org === undefined) throw new Error('no such person')
  return { person, org, scopes, appName: 'Patchbay', bucket: `person/${personId}` }
}

let context = testContext('outreach')
let store = context.openStore('state', { version: 1, initial: initialState })
let api = apiRoutes({ context, store, identify: (token) => bearers[token] ?? { kind: 'unknown' } })
beforeEach(() => {
  context = testContext('outreach')
  store = context.openStore('state', { version: 1, initial: initialState })
  api = apiRoutes({ context, store, identify: (token) => bearers[token] ?? { kind: 'unknown' } })
})

const get = (path: string, token = 'mira', headers: Record<string, string> = {}) =>
  api.request(path, { headers: { authorization: `Bearer ${token}`, ...headers } })
const send = (
  method: string,
  path: string,
  body: unknown,
  token = 'tom',
  type = 'application/vnd.api+json',
) =>
  api.request(path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
    body: JSON.stringify(body),
  })
const errorOf = async (answer: Response) => (await answer.json()).errors[0]

describe('the gateway', () => {
  it.each([
    ['no header', undefined, 'No Authorization header.'],
    ['another scheme', 'Basic eDp5', 'Invalid JWT token.'],
    ['a token it never made', 'Bearer nonsense', 'Invalid JWT token.'],
    ['an expired token', 'Bearer old', 'Expired JWT token.'],
    ['a revoked token', 'Bearer ended', 'Revoked JWT token.'],
  ])('refuses %s with 401, in plain JSON and without rate headers', async (_name, authorization, error) => {
    const answer = await api.request('/api/v2', {
      headers: authorization === undefined ? {} : { authorization },
    })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.headers.get('x-ratelimit-limit')).toBeNull()
    expect(await answer.json()).toEqual({ error, description: expect.any(String) })
  })
})

describe('the API root', () => {
  it('tells the org, the user, the application and the live scopes', async () => {
    const answer = await get('/api/v2')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/vnd.api+json')
    expect(await answer.json()).toEqual({
      data: { type: 'org', id: 101, attributes: expect.objectContaining({ name: 'Harbour Lane Software' }) },
      meta: {
        instanceUrl: 'http://outreach.sandbox.test',
        application: { name: 'Patchbay' },
        scopes: mira.scopes,
        user: {
          id: 1001,
          email: 'mira.solano@harbourlane.example',
          firstName: 'Mira',
          lastName: 'Solano',
        },
      },
    })
  })

  it('refuses an S2S token, or answers it without a user', async () => {
    const refused = await get('/api/v2', 's2s')
    expect(refused.status).toBe(403)
    expect((await errorOf(refused)).id).toBe('unauthorizedRequest')
    store.state.switches.s2sRoot = 'answered'
    expect((await (await get('/api/v2', 's2s')).json()).meta).not.toHaveProperty('user')
  })
})

describe('collections', () => {
  it('are read with the scope of their own resource only', async () => {
    expect((await get('/api/v2/accounts')).status).toBe(200)
    const refused = await get('/api/v2/prospects')
    expect(refused.status).toBe(403)
    expect(await errorOf(refused)).toMatchObject({
      id: 'unauthorizedOauthScope',
      detail: expect.stringContaining('prospects.read'),
    })
  })

  it('are written with .write or .all, and with a JSON:API body', async () => {
    const account = { data: { type: 'account', attributes: { name: 'Fresh' } } }
    expect((await send('POST', '/api/v2/accounts', account)).status).toBe(201)
    expect((await errorOf(await send('POST', '/api/v2/accounts', account, 'mira'))).id).toBe(
      'unauthorizedOauthScope',
    )
    const wrongType = await send('POST', '/api/v2/accounts', account, 'tom', 'application/json')
    expect(wrongType.status).toBe(415)
    expect(await errorOf(wrongType)).toEqual({
      id: 'unsupportedMediaType',
      title: expect.any(String),
      details: expect.any(String),
    })
    expect((await send('POST', '/api/v2/accounts', { data: { type: 'account' } })).status).toBe(422)
  })

  it('take a GET without content type, unless told to be strict', async () => {
    store.state.switches.strictGet = true
    expect((await get('/api/v2/accounts')).status).toBe(415)
    const typed = await get('/api/v2/accounts', 'mira', { 'content-type': 'application/vnd.api+json' })
    expect(typed.status).toBe(200)
  })

  it('refuse a person whose rights do not suffice, whatever the scopes', async () => {
    const { data } = await (await get('/api/v2/accounts?page[size]=1')).json()
    const path = `/api/v2/accounts/${data[0].id}`
    expect((await errorOf(await send('DELETE', path, undefined, 'tom'))).id).toBe('unauthorizedRequest')
    expect((await send('DELETE', path, undefined, 'mira')).status).toBe(204)
    expect((await get(path)).status).toBe(404)
  })

  it('refuse S2S tokens what S2S does not reach', async () => {
    expect((await get('/api/v2/accounts', 's2s')).status).toBe(200)
    expect((await errorOf(await get('/api/v2/stages', 's2s'))).id).toBe('unauthorizedRequest')
    expect((await errorOf(await get('/api/v2/tasks', 's2s'))).id).toBe('unauthorizedOauthScope')
  })

  it.each([
    ['GET', '/api/v2/nothing'],
    ['POST', '/api/v2'],
    ['POST', '/api/v2/users'],
    ['POST', '/api/v2/accounts/1'],
    ['DELETE', '/api/v2/accounts'],
    ['PUT', '/api/v2/accounts/1'],
  ])('do not exist: %s %s', async (method, path) => {
    const answer =
      method === 'GET' ? await get(path) : await send(method, path, { data: { type: 'x' } }, 'mira')
    expect(answer.status).toBe(404)
    expect((await errorOf(answer)).id).toBe('resourceNotFound')
  })

  it('show users of the own org only', async () => {
    const { data } = await (await get('/api/v2/users', 'tom')).json()
    expect(data).toHaveLength(12)
  })
})

describe('the hourly limit', () => {
  it('is told on every answer, refusals too', async () => {
    await get('/api/v2/accounts')
    const refused = await get('/api/v2/prospects')
    expect(refused.headers.get('x-ratelimit-limit')).toBe('10000')
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('9998')
    expect(Number(refused.headers.get('x-ratelimit-reset'))).toBe(context.clock.nowS() + 3_600)
  })

  it('ends in 429 until the hour is over, for this user alone', async () => {
    setRemaining(store.state.counters, 'person/1001', 0, context.clock.nowMs())
    const refused = await get('/api/v2/accounts')
    expect(refused.status).toBe(429)
    expect((await errorOf(refused)).id).toBe('rateLimitExceeded')
    expect(refused.headers.get('retry-after')).toBe(refused.headers.get('x-ratelimit-reset'))
    expect((await get('/api/v2/accounts', 'tom')).status).toBe(200)
    context.clock.advance(HOUR_MS)
    expect((await get('/api/v2/accounts')).status).toBe(200)
  })

  it('can be written in the other known forms', async () => {
    Object.assign(store.state.switches, { remaining: 'two', reset: 'iso' })
    const answer = await get('/api/v2/accounts')
    expect(answer.headers.get('x-ratelimit-remaining')).toBe('9999, 999999')
    expect(answer.headers.get('x-ratelimit-reset')).toBe('2026-01-05T11:00:00.000Z')
  })
})

it('a maintenance answers everything with 503 and an instant, until it is over', async () => {
  store.state.maintenanceUntilMs = context.clock.nowMs() + HOUR_MS
  const answer = await get('/api/v2')
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('2026-01-05T11:00:00.000Z')
  context.clock.advance(HOUR_MS)
  expect((await get('/api/v2')).status).toBe(200)
})

it.each(['lockedOrgs', 'deletedOrgs'] as const)('people of an org among %s are refused', async (list) => {
  store.state[list] = [101]
  const answer = await get('/api/v2')
  expect(answer.status).toBe(403)
  expect((await errorOf(answer)).id).toBe('unauthorizedRequest')
})
