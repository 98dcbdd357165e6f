import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Received, startTestApp, startTestEnvoy, type TestApp, type TestEnvoy } from './test-envoy'

const PLUGIN = 'sandbox-envoy-plugin'
let app: TestApp
let test: TestEnvoy

beforeEach(async () => {
  app = await startTestApp()
  test = startTestEnvoy({ appUrl: app.url })
  await test.act('install')
  app.received.length = 0
})

afterEach(() => app.close())

function expected(webhook: Received | undefined): string {
  return createHmac('sha256', test.secretOf(PLUGIN))
    .update(webhook?.raw ?? '')
    .digest('base64')
}

function signatureOf(webhook: Received | undefined): string | null | undefined {
  return webhook?.headers.get('x-envoy-signature')
}

function lastWebhook(): Received {
  const last = app.received.at(-1)
  if (last === undefined) throw new Error('nothing was received')
  return last
}

describe('a webhook', () => {
  it('is JSON, signed over its raw body with the client secret, in base64', async () => {
    await test.act('send-event', { payload: { note: 'é ☕ "quoted"' } })
    const webhook = lastWebhook()
    expect(webhook.headers.get('content-type')).toBe('application/json')
    expect(signatureOf(webhook)).toBe(expected(webhook))
  })

  it('has the keys of seed 003 in the older envelope, with a token that is alive for 24 hours', async () => {
    await test.act('resend-route', { route: 'step-0-field-1-options' })
    const { json } = lastWebhook()
    const token = test.issued.at(-1)?.value
    expect(json).toMatchObject({
      name: 'route',
      request_meta: {
        auth: {
          state: null,
          company_id: '100000',
          expires_in: 86400,
          token_type: 'Bearer',
          access_token: token,
          refresh_token: null,
          refresh_token_expires_in: null,
        },
        route: 'step-0-field-1-options',
        plugin_id: test.envoy.apps()[0]?.pluginId,
        install_id: 1_000_000,
      },
    })
    const headers = { authorization: `Bearer ${token}` }
    expect((await test.envoy.app.request('/v1/companies', { headers })).status).toBe(200)
    test.context.clock.advance(86_400_000)
    expect((await test.envoy.app.request('/v1/companies', { headers })).status).toBe(401)
  })

  it('is meta and payload in the current envelope, with JSON:API company and location', async () => {
    await test.act('envelope', { shape: 'meta' })
    await test.act('install-id-type', { type: 'string' })
    await test.act('resend-route', { values: { 'display-name': 'Lobby' } })
    const { json } = lastWebhook()
    expect(Object.keys(json)).toEqual(['meta', 'payload'])
    expect(json).toMatchObject({
      meta: {
        route: 'step-0-callback',
        params: { configure_step: 0 },
        install_id: '1000000',
        company: { id: '100000', type: 'companies' },
        location: { id: '20011', type: 'locations', attributes: { 'address-line-one': '410 Wharf Street' } },
        auth: { token_type: 'Bearer', expires_in: 86400, refresh_token: null },
      },
      payload: { 'display-name': 'Lobby' },
    })
  })

  it('names event and job, and tells of a visitor', async () => {
    await test.act('envelope', { shape: 'meta' })
    await test.act('send-event', { event: 'entry_sign_in' })
    expect(lastWebhook().json).toMatchObject({
      meta: { event: 'entry_sign_in', job: { name: 'entry_sign_in' } },
      payload: { type: 'entries', attributes: { 'full-name': 'Priya Raman' } },
    })
    await test.act('send-event', { event: 'something_new' })
    expect(lastWebhook().json).toMatchObject({ meta: { event: 'something_new' } })
  })

  it('carries no token when the plugin has no scopes', async () => {
    await test.act('plugin-scopes', { scopes: [] })
    const before = test.issued.length
    await test.act('send-event')
    expect(lastWebhook().json).toMatchObject({ request_meta: { auth: null } })
    expect(test.issued.length).toBe(before)
  })

  it.each([
    ['wrong', /^[A-Za-z0-9+/]{43}=$/],
    ['short', /^[A-Za-z0-9+/=]{1,20}$/],
  ])('can be signed %s', async (signing, form) => {
    await test.act('send-event', { signing })
    const webhook = lastWebhook()
    expect(signatureOf(webhook)).toMatch(form)
    expect(signatureOf(webhook)).not.toBe(expected(webhook))
  })

  it('can lack its signature, and name a foreign plugin', async () => {
    await test.act('send-event', { signing: 'missing', pluginId: 'foreign' })
    const webhook = lastWebhook()
    expect(signatureOf(webhook)).toBeNull()
    expect(webhook.json).toMatchObject({ request_meta: { plugin_id: 'foreign' } })
  })

  it('goes out twice at once, alike, when told so', async () => {
    await test.act('double-send')
    await test.act('resend-route')
    expect(app.received).toHaveLength(2)
    expect(app.received[0]?.raw).toBe(app.received[1]?.raw)
    await test.act('double-send', { on: false })
    await test.act('send-event')
    expect(app.received).toHaveLength(3)
  })

  it('can be replayed byte for byte, the last one or one by name', async () => {
    await test.act('send-event')
    const [first] = app.received
    test.context.clock.advance(3_600_000)
    await test.act('replay-webhook')
    await test.act('send-event', { event: 'invite_created' })
    const deliveries = (await test.act('deliveries')) as { id: string; name: string }[]
    const id = deliveries.find(({ name }) => name === 'entry_sign_in')?.id
    expect(await test.act('replay-webhook', { delivery: id })).toMatchObject({
      name: 'entry_sign_in',
      status: 200,
    })
    for (const again of [app.received[1], app.received[3]]) {
      expect(again?.raw).toBe(first?.raw)
      expect(signatureOf(again)).toBe(signatureOf(first))
    }
    await expect(test.act('replay-webhook', { delivery: 'none' })).rejects.toThrow('no such webhook')
  })

  it('waits no longer than its deadline, and says so', async () => {
    await test.act('webhook-deadline', { ms: 40 })
    app.respond = () => new Promise(() => undefined)
    expect(await test.act('send-event')).toEqual({ kind: 'timeout' })
    expect(await test.act('resend-route')).toEqual({
      kind: 'blocked',
      message: 'The app did not answer in time.',
    })
  })

  it('follows no redirect and survives an app that is down', async () => {
    app.respond = () => ({ status: 307, body: '', location: '/api/webhooks/envoy' })
    expect(await test.act('send-event')).toEqual({ kind: 'answered', status: 307 })
    expect(app.received).toHaveLength(1)
    await app.close()
    expect(await test.act('send-event')).toEqual({ kind: 'unreachable' })
  })

  it('is listed without its body or token', async () => {
    await test.act('send-event')
    const listed = JSON.stringify([
      await test.act('deliveries'),
      test.envoy.overview(),
      await test.act('tokens'),
    ])
    expect(test.issued.length).toBeGreaterThan(0)
    for (const { value } of test.issued) expect(listed).not.toContain(value)
  })
})
