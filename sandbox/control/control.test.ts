import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineAction, SandboxRefusal } from '../kernel/action'
import type { SandboxContext, SandboxProvider } from '../kernel/contract'
import { standingClock, testContext } from '../kernel/test-context'
import { createOutstand } from '../outstand/outstand'
import { createControl } from './control'

let outstand: SandboxProvider
let context: SandboxContext
let control: ReturnType<typeof createControl>
let ran: unknown[]

beforeEach(() => {
  const clock = standingClock()
  context = testContext('outstand', { clock })
  ran = []
  outstand = withAction(createOutstand(context))
  const contexts = {
    outstand: context,
    outreach: testContext('outreach', { clock }),
    envoy: testContext('envoy', { clock }),
  }
  control = createControl({
    parts: { clock, contexts, providers: [outstand] },
    baseUrl: 'http://127.0.0.1:3004',
    allowedHosts: ['sandbox.internal'],
  })
})

/** An action with every sort of field. */
function withAction(provider: SandboxProvider): SandboxProvider {
  const input = z.object({
    word: z.string(),
    count: z.number().int().nullable().default(3),
    on: z.boolean().optional(),
    kind: z.enum(['a', '7001']).default('a'),
    status: z.union([z.literal(403), z.literal(410)]).optional(),
    list: z.array(z.string()).optional(),
    deep: z.object({ x: z.number() }).optional(),
  })
  const probe = defineAction('Try every field', input, (given) => {
    ran.push(given)
    if (given.word === 'no') throw new SandboxRefusal('not that word')
    if (given.word === 'bug') throw new Error('a fault of the sandbox')
  })
  return { ...provider, actions: { ...provider.actions, probe } }
}

const post = async (path: string, json?: unknown, headers: Record<string, string> = {}) =>
  control.request(path, {
    method: 'POST',
    headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  })
const form = async (path: string, fields: Record<string, string>) =>
  control.request(path, { method: 'POST', body: new URLSearchParams(fields) })
const bodyOf = async (answer: Response) => (await answer.json()) as Record<string, unknown>

describe('the control API', () => {
  it('tells that it is up and what the time is', async () => {
    expect(await bodyOf(await control.request('/health'))).toEqual({
      status: 'ok',
      clock: { now: '2026-01-05T10:00:00.000Z', offsetMs: 0 },
      providers: ['outstand'],
    })
  })

  it('gives all apps with their secrets, not to be stored', async () => {
    const answer = await control.request('/apps')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.json()).toEqual(outstand.apps())
  })

  it('gives them to this machine only', async () => {
    const from = async (remoteAddress: string) => {
      const incoming = { socket: { remoteAddress } }
      return (await control.request('/apps', {}, { incoming })).status
    }
    expect([await from('127.0.0.1'), await from('::1'), await from('::ffff:127.0.0.1')]).toEqual([
      200, 200, 200,
    ])
    expect([await from('192.168.1.20'), await from('10.0.0.1')]).toEqual([403, 403])
  })

  it('runs an action with JSON and gives its result', async () => {
    const answer = await post('/api/outstand/rotation-mode', { mode: 'immediate' })
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { result: { mode: 'immediate', graceS: 600 } },
    ])
    expect(outstand.overview()).toMatchObject({ rotation: 'immediate' })
  })

  it('runs an action that needs nothing without a body', async () => {
    expect((await post('/api/outstand/end-sessions')).status).toBe(200)
  })

  it.each([
    ['input that does not fit', 'probe', { word: 1 }, 422, 'invalid_input'],
    ['what cannot be done', 'probe', { word: 'no' }, 409, 'refused'],
    ['a fault of its own', 'probe', { word: 'bug' }, 500, 'failed'],
    ['an unknown action', 'nothing', {}, 404, 'not_found'],
    ['a name every object has', 'constructor', {}, 404, 'not_found'],
  ])('answers %s in words', async (_, action, input, status, error) => {
    const answer = await post(`/api/outstand/${action}`, input)
    expect([answer.status, (await bodyOf(answer)).error]).toEqual([status, error])
  })

  it('refuses what is neither JSON nor a form, and unknown providers', async () => {
    const text = await control.request('/api/outstand/expire', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: 'x',
    })
    expect(text.status).toBe(415)
    expect([
      (await post('/api/nobody/expire')).status,
      (await control.request('/api/nobody/calls')).status,
    ]).toEqual([404, 404])
  })

  it('shows the calls a provider received, and forgets them', async () => {
    await outstand.app.request('/oauth/token', { method: 'POST' })
    const calls = async () => (await bodyOf(await control.request('/api/outstand/calls'))).calls as object[]
    expect(await calls()).toMatchObject([{ method: 'POST', path: '/oauth/token', status: 400 }])
    await post('/api/outstand/clear-calls')
    expect(await calls()).toEqual([])
  })

  it('shows the state', async () => {
    expect(await bodyOf(await control.request('/api/outstand/state'))).toMatchObject({
      rotation: 'first_use',
    })
  })
})

describe('the clock', () => {
  it('goes forward by a jump or by milliseconds', async () => {
    expect(await bodyOf(await post('/api/clock/advance', { preset: '14d' }))).toEqual({
      result: { now: '2026-01-19T10:00:00.000Z', offsetMs: 14 * 86_400_000 },
    })
    await post('/api/clock/advance', { ms: 1_000 })
    expect(await bodyOf(await control.request('/api/clock'))).toMatchObject({
      now: '2026-01-19T10:00:01.000Z',
    })
  })

  it('wants exactly one of the two, and never goes back', async () => {
    for (const wrong of [{}, { ms: 1, preset: '2h' }, { ms: -1 }, { preset: '3h' }, { ms: 1e15 }])
      expect((await post('/api/clock/advance', wrong)).status).toBe(422)
  })

  it('and everything else begin anew', async () => {
    await post('/api/clock/advance', { preset: '2h' })
    await post('/api/outstand/rotation-mode', { mode: 'immediate' })
    await post('/api/reset')
    expect(await bodyOf(await control.request('/api/clock'))).toMatchObject({ offsetMs: 0 })
    expect(outstand.overview()).toMatchObject({ rotation: 'first_use' })
  })
})

describe('the control page', () => {
  it('has a button for every action and shows no secret', async () => {
    await outstand.app.request('/oauth/token', { method: 'POST' })
    const page = await (await control.request('/')).text()
    for (const action of [...Object.keys(outstand.actions), 'reset', 'clear-calls'])
      expect(page).toContain(`action="/api/outstand/${action}"`)
    for (const jump of ['2h', '7d', '14d', '30d']) expect(page).toContain(`value="${jump}"`)
    for (const app of outstand.apps())
      for (const secret of [app.clientSecret, app.webhookSecret, app.rateLimitBypass])
        if (secret !== null) {
          expect(page).not.toContain(secret)
          expect(page).not.toContain(secret.replaceAll('&', '&amp;'))
        }
  })

  it('sends forms that mean the same as JSON', async () => {
    const answer = await form('/api/outstand/probe', {
      word: '12',
      count: '',
      on: 'false',
      kind: '7001',
      status: '410',
      list: 'a b,c',
      deep: '{"x":1}',
    })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(ran).toEqual([
      {
        word: '12',
        count: null,
        on: false,
        kind: '7001',
        status: 410,
        list: ['a', 'b', 'c'],
        deep: { x: 1 },
      },
    ])
  })

  it('leaves out what was left empty', async () => {
    await form('/api/outstand/probe', { word: 'x', on: '', kind: '', status: '', list: '', deep: '' })
    expect(ran).toEqual([{ word: 'x', count: 3, kind: 'a' }])
  })

  it('says on a page what was wrong', async () => {
    const answer = await form('/api/outstand/probe', { word: 'no' })
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('not that word')
    const missing = await form('/api/outstand/probe', { word: '' })
    expect(missing.status).toBe(422)
  })

  it('moves the clock by its buttons', async () => {
    await form('/api/clock/advance', { preset: '7d' })
    expect(await bodyOf(await control.request('/api/clock'))).toMatchObject({ offsetMs: 7 * 86_400_000 })
  })
})

describe('other sites', () => {
  const status = async (headers: Record<string, string>) =>
    (await post('/api/outstand/end-sessions', {}, headers)).status

  it('cannot post here through a browser', async () => {
    expect(await status({ 'sec-fetch-site': 'cross-site', origin: 'http://evil.test' })).toBe(403)
    expect(await status({ 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000' })).toBe(403)
    expect(await status({ origin: 'http://evil.test' })).toBe(403)
    expect(await status({ 'sec-fetch-site': 'same-origin', origin: 'null' })).toBe(200)
    expect(await status({})).toBe(200)
  })

  it('cannot give this machine a name of their own', async () => {
    const reached = async (host: string) => (await control.request(`http://${host}:3004/apps`)).status
    expect([await reached('127.0.0.1'), await reached('localhost'), await reached('[::1]')]).toEqual([
      200, 200, 200,
    ])
    expect([await reached('sandbox.internal'), await reached('rebound.evil.test')]).toEqual([200, 403])
  })
})

describe('/openapi.json', () => {
  it('describes every action by the schema that parses it', async () => {
    const document = await bodyOf(await control.request('/openapi.json'))
    const paths = document.paths as Record<string, { post?: { requestBody: unknown } }>
    expect(document.openapi).toBe('3.1.0')
    for (const action of [...Object.keys(outstand.actions), 'reset', 'clear-calls'])
      expect(paths[`/api/outstand/${action}`]?.post).toBeDefined()
    expect(paths['/api/outstand/rotation-mode']?.post?.requestBody).toMatchObject({
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['mode'],
            properties: { mode: { enum: ['first_use', 'immediate', 'grace'] } },
          },
        },
      },
    })
    expect(paths['/api/clock/advance']?.post).toBeDefined()
  })
})
