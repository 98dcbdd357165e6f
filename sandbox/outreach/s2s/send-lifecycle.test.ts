import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { testContext } from '../../kernel/test-context'
import { readyApps } from '../apps'
import { sendLifecycle } from './send-lifecycle'
import { startReceiver } from './webhook-receiver'

const nowMs = Date.UTC(2026, 0, 5, 10)
let receiver: Awaited<ReturnType<typeof startReceiver>>
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.close())
beforeEach(() => {
  receiver.received.length = 0
  receiver.answer.status = 200
})

const app = () => readyApps(testContext('outreach', { appUrl: receiver.appUrl }), () => undefined).s2s
const webhook = { eventName: 'install.created', installGuid: 'INSTALL_ID' }

describe('a lifecycle webhook', () => {
  it('names install and app, and is signed over its very bytes', async () => {
    const s2s = app()
    const delivery = await sendLifecycle(s2s, webhook, nowMs)
    const [one] = receiver.received
    expect(delivery).toMatchObject({ eventName: 'install.created', status: 200, error: null })
    expect(JSON.parse(one?.body ?? '')).toEqual({
      data: {
        type: 'install',
        id: 'INSTALL_ID',
        relationships: { app: { data: { type: 'app', id: s2s.s2sGuid } } },
      },
      meta: { deliveredAt: '2026-01-05T10:00:00.000Z', eventName: 'install.created' },
    })
    expect(one?.headers.get('content-type')).toBe('application/vnd.api+json')
    expect(one?.headers.get('outreach-webhook-id')).toBe(delivery.id)
    expect(one?.headers.get('outreach-webhook-signature')).toBe(
      createHmac('sha256', s2s.webhookSecret)
        .update(one?.body ?? '')
        .digest('hex'),
    )
  })

  it('can be signed wrongly, not at all, or be sent a second time', async () => {
    const s2s = app()
    await sendLifecycle(s2s, { ...webhook, signature: 'wrong', id: 'same' }, nowMs)
    await sendLifecycle(s2s, { ...webhook, signature: 'missing', id: 'same' }, nowMs)
    const [wrong, missing] = receiver.received
    const right = createHmac('sha256', s2s.webhookSecret)
      .update(wrong?.body ?? '')
      .digest('hex')
    expect(wrong?.headers.get('outreach-webhook-signature')).toMatch(/^[0-9a-f]{64}$/)
    expect(wrong?.headers.get('outreach-webhook-signature')).not.toBe(right)
    expect(missing?.headers.has('outreach-webhook-signature')).toBe(false)
    expect(receiver.received.map((one) => one.headers.get('outreach-webhook-id'))).toEqual(['same', 'same'])
  })

  it('follows no redirect and is sent once, whatever the answer', async () => {
    receiver.answer.status = 302
    expect(await sendLifecycle(app(), webhook, nowMs)).toMatchObject({ status: 302 })
    receiver.answer.status = 500
    expect(await sendLifecycle(app(), webhook, nowMs)).toMatchObject({ status: 500 })
    expect(receiver.received).toHaveLength(2)
  })

  it('reports that nobody listens', async () => {
    const deaf = { ...app(), webhookUrl: 'http://127.0.0.1:9/' }
    expect(await sendLifecycle(deaf, webhook, nowMs)).toMatchObject({
      status: null,
      error: expect.any(String),
    })
  })
})
