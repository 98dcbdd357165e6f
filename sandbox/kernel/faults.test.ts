import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SandboxContext, SandboxEnv } from './contract'
import { faultActions } from './fault-actions'
import { type Served, serve } from './serve'
import { testContext } from './test-context'

let context: SandboxContext
let handled: number
let app: Hono<SandboxEnv>
let served: Served | undefined

beforeEach(() => {
  context = testContext('outstand')
  handled = 0
  app = new Hono<SandboxEnv>()
  app.use(context.calls.middleware)
  app.use(context.faults.middleware)
  app.post('/oauth/token', (c) => {
    handled += 1
    return c.json({ handled })
  })
  app.get('/api/things', (c) => c.text('things'))
})
afterEach(async () => {
  await served?.close()
  served = undefined
})

const token = () => app.request('/oauth/token', { method: 'POST' })
const actions = () => faultActions(context.faults, { token: ['/oauth/token'], api: ['/api/'] })

describe('a fault', () => {
  it('happens once unless told otherwise, and only to the calls it is aimed at', async () => {
    await actions()['answer-429']?.run({})
    expect((await app.request('/api/things')).status).toBe(200)
    const refused = await token()
    expect([refused.status, refused.headers.get('retry-after'), await refused.text()]).toEqual([
      429,
      '60',
      'Retry later\n',
    ])
    expect((await token()).status).toBe(200)
  })

  it('can be counted, and can stay until it is cleared', async () => {
    await actions()['answer-5xx']?.run({ times: 2, status: 502 })
    expect([(await token()).status, (await token()).status, (await token()).status]).toEqual([502, 502, 200])
    await actions()['answer-5xx']?.run({ times: null })
    expect([(await token()).status, (await token()).status]).toEqual([503, 503])
    await actions()['clear-faults']?.run({})
    expect((await token()).status).toBe(200)
  })

  it('answers a page, nothing, or five megabytes without carrying the call out', async () => {
    await actions()['answer-html']?.run({})
    await actions()['answer-empty']?.run({})
    await actions()['answer-huge']?.run({})
    const page = await token()
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(await (await token()).text()).toBe('')
    expect((await (await token()).arrayBuffer()).byteLength).toBe(5 * 1024 * 1024)
    expect(handled).toBe(0)
  })

  it('is slow and then answers as usual', async () => {
    await actions().slow?.run({ ms: 1 })
    expect(await (await token()).json()).toEqual({ handled: 1 })
    expect(context.calls.recent()[0]?.fault).toBe('slow')
  })

  it('loses the answer of a call that was carried out, on a real connection', async () => {
    served = await serve(app, 0, '127.0.0.1')
    const url = `http://127.0.0.1:${served.port}/oauth/token`
    await actions()['lose-answer']?.run({})
    await expect(fetch(url, { method: 'POST' })).rejects.toThrow()
    expect(handled).toBe(1)
    expect(context.calls.recent()[0]).toMatchObject({ status: null, fault: 'lose_answer' })
    expect(await (await fetch(url, { method: 'POST' })).json()).toEqual({ handled: 2 })
  })

  it('cuts a connection before the call is carried out', async () => {
    served = await serve(app, 0, '127.0.0.1')
    await actions()['drop-request']?.run({})
    await expect(fetch(`http://127.0.0.1:${served.port}/oauth/token`, { method: 'POST' })).rejects.toThrow()
    expect(handled).toBe(0)
  })
})
