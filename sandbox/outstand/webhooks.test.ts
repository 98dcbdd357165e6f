import { createHmac } from 'node:crypto'
import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SandboxEnv } from '../kernel/contract'
import { type Served, serve } from '../kernel/serve'
import { testContext } from '../kernel/test-context'
import { LENA, type TestOutstand, testOutstand } from './test-outstand'
import type { Delivery } from './webhooks'

type Received = { headers: Headers; body: string }
let received: Received[]
let answers: number[]
let receiver: Served
let outstand: TestOutstand

beforeEach(async () => {
  received = []
  answers = []
  const app = new Hono<SandboxEnv>()
  app.post('/api/webhooks/outstand', async (c) => {
    received.push({ headers: c.req.raw.headers, body: await c.req.text() })
    return new Response(null, { status: answers.shift() ?? 200 })
  })
  receiver = await serve(app, 0, '127.0.0.1')
  outstand = testOutstand(testContext('outstand', { appUrl: `http://127.0.0.1:${receiver.port}` }))
})
afterEach(() => receiver.close())

const settle = () => outstand.context.schedule.idle()
const send = async (input: Record<string, unknown> = {}) => {
  const ids = (await outstand.run('send-webhook', input)) as string[]
  await settle()
  return ids
}
const delivery = () => (outstand.provider.overview().webhooks as Delivery[])[0]
const secret = (key = 'sandbox-outstand-whitelabel') => outstand.appNamed(key).webhookSecret ?? ''
const hmac = (digest: string, body = '', key = secret()) =>
  `${digest}=${createHmac(digest, key).update(body).digest('hex')}`

describe('a webhook', () => {
  it('is a signed POST with the event, an id and the documented body', async () => {
    await send({ event: 'user_status' })
    const [{ headers, body } = { headers: new Headers(), body: '' }] = received
    expect(JSON.parse(body)).toEqual({ username: 'user14870', status: 'active' })
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.get('user-agent')).toBe('Outstand-Webhook')
    expect(headers.get('x-outstand-event')).toBe('user_status')
    expect(headers.get('x-outstand-id')).toMatch(/^\d+$/)
    expect(headers.get('x-outstand-signature')).toBe(hmac('sha256', body))
    expect(delivery()).toMatchObject({ state: 'delivered' })
  })

  it('can be signed with sha512', async () => {
    await outstand.run('webhook-digest', { digest: 'sha512' })
    await send()
    expect(received[0]?.headers.get('x-outstand-signature')).toBe(hmac('sha512', received[0]?.body))
  })

  it('tells of a contact that was made, changed and deleted, by ids as text', async () => {
    const { access_token } = await outstand.connect({ person: LENA, app: 'sandbox-outstand-whitelabel' })
    const made = await outstand.send('POST', '/api/v1/contacts.json', access_token, {
      first_name: 'A',
      last_name: 'B',
    })
    const { id } = (await made.json()) as { id: number }
    await outstand.send('PUT', `/api/v1/contacts/${id}.json`, access_token, { first_name: 'C' })
    await outstand.send('DELETE', `/api/v1/contacts/${id}.json`, access_token)
    await settle()
    expect(received.map(({ headers }) => headers.get('x-outstand-event'))).toEqual([
      'contact_create',
      'contact_update',
      'contact_delete',
    ])
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({
      resource_type: 'Contact',
      resource_id: String(id),
      event: 'contact_create',
      username: 'user14870',
      user_id: LENA,
      account_id: '7901',
    })
  })

  it('goes to the apps that have a grant of the person, each with its own secret', async () => {
    await expect(outstand.run('send-webhook', { person: 'joan@mercer-realty.example' })).rejects.toThrow(
      'no app',
    )
    await outstand.connect()
    await send({ person: 'joan@mercer-realty.example' })
    const { headers, body } = received[0] ?? { headers: new Headers(), body: '' }
    expect(headers.get('x-outstand-signature')).toBe(hmac('sha256', body, secret('sandbox-outstand')))
  })

  it('can be spoilt and replayed on purpose', async () => {
    const [id] = await send()
    await send({ id })
    await send({ spoil: 'wrong_signature' })
    await send({ spoil: 'no_signature' })
    await send({ spoil: 'cut_body' })
    const [first, replay, wrong, none, cut] = received
    expect(replay?.headers.get('x-outstand-id')).toBe(first?.headers.get('x-outstand-id'))
    expect(wrong?.headers.get('x-outstand-signature')).not.toBe(hmac('sha256', wrong?.body))
    expect(none?.headers.get('x-outstand-signature')).toBeNull()
    expect(() => JSON.parse(cut?.body ?? '')).toThrow(SyntaxError)
  })
})

describe('a webhook that is not answered with 200', () => {
  it('is sent five times in all: at once, then 10, 15, 90 and 180 seconds after each failure', async () => {
    answers = [500, 404, 302, 201, 500]
    await send()
    const counts = [received.length]
    for (const seconds of [10, 15, 90, 180, 1_000]) {
      outstand.context.clock.advance(seconds * 1_000 - 1)
      await settle()
      counts.push(received.length)
      outstand.context.clock.advance(1)
      await settle()
      counts.push(received.length)
    }
    expect(counts).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5])
    expect(delivery()).toMatchObject({ state: 'failed' })
    expect(delivery()?.attempts.map(({ outcome }) => outcome)).toEqual(['500', '404', '302', '201', '500'])
    expect(new Set(received.map(({ headers }) => headers.get('x-outstand-id'))).size).toBe(1)
  })

  it('is delivered by a later try, and not sent again', async () => {
    answers = [503, 200]
    await send()
    outstand.context.clock.advance(10_000)
    await settle()
    outstand.context.clock.advance(1_000_000)
    await settle()
    expect([received.length, delivery()?.state]).toEqual([2, 'delivered'])
  })

  it('is tried again when nobody listens', async () => {
    await receiver.close()
    await send()
    expect(delivery()).toMatchObject({ state: 'pending', attempts: [{ outcome: 'no answer' }] })
    expect(outstand.context.schedule.pending()).toBe(1)
  })
})
