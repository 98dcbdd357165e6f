import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openApp } from '../../../tests/fake-provider'
import { Secret } from '../../core/secret'
import { readLifecycleEvent } from './lifecycle-event'
import { outreach } from './outreach'

const bytes = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
const event = {
  data: { type: 'install', id: 'install-1', relationships: { app: { data: { type: 'app', id: 'guid-1' } } } },
  meta: { deliveredAt: '2026-03-01T12:00:00.123+01:00', eventName: 'install.created' },
}

describe('a lifecycle webhook', () => {
  it('names event, install, app and delivery', () => {
    expect(readLifecycleEvent(bytes(event))).toEqual({
      eventName: 'install.created',
      installId: 'install-1',
      appGuid: 'guid-1',
      deliveredAt: new Date('2026-03-01T11:00:00.123Z'),
    })
  })

  it('may have an unknown name, a number for an id, no delivery time and more fields', () => {
    const odd = {
      data: { ...event.data, id: 7, attributes: { setupToken: 'hide me' } },
      meta: { eventName: 'install.reconfigured' },
    }
    const read = readLifecycleEvent(bytes(odd))
    expect(read).toMatchObject({ eventName: 'install.reconfigured', installId: '7', deliveredAt: null })
    expect(JSON.stringify(read)).not.toContain('hide me')
  })

  it('is none when it is cut off, another type or empty', () => {
    const text = JSON.stringify(event)
    for (const body of [
      '',
      '{}',
      'null',
      '[]',
      text.slice(0, 80),
      text.replace('"install"', '"org"'),
      '\u0000',
    ])
      expect(readLifecycleEvent(bytes(body))).toBeNull()
    expect(readLifecycleEvent(new Uint8Array([0xff, 0xfe]))).toBeNull()
  })

  it('is read or refused, never thrown at', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => readLifecycleEvent(bytes(value)) === null))
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (body) => readLifecycleEvent(body) === null))
  })
})

describe('Outreach’s signature', () => {
  const secret = Secret.of('webhook secret')
  const body = bytes(event)
  const sign = (text: Uint8Array, key = 'webhook secret') =>
    createHmac('sha256', key).update(text).digest('hex')
  const verify = (signature: string | null, raw = body) =>
    outreach.verifyWebhook(
      secret,
      new Headers(signature === null ? {} : { 'Outreach-Webhook-Signature': signature }),
      raw,
    )

  it('is hex over the raw body', () => {
    expect(verify(sign(body))).toEqual({ kind: 'verified' })
    expect(verify(sign(body).toUpperCase())).toEqual({ kind: 'verified' })
  })

  it('is refused when missing, wrong, of another length, prefixed, in base64 or over another body', () => {
    expect(verify(null)).toEqual({ kind: 'rejected', reason: 'missing_signature' })
    expect(verify('')).toEqual({ kind: 'rejected', reason: 'missing_signature' })
    const right = sign(body)
    const wrong = [
      sign(body, 'other'),
      right.slice(0, 62),
      `${right}00`,
      `sha256=${right}`,
      Buffer.from(right, 'hex').toString('base64'),
      `${right.slice(0, 63)}g`,
    ]
    for (const signature of wrong)
      expect(verify(signature)).toEqual({ kind: 'rejected', reason: 'bad_signature' })
    expect(verify(right, bytes(`${JSON.stringify(event)} `))).toMatchObject({ kind: 'rejected' })
  })

  it('is checked with the webhook secret of the app', () => {
    expect(outreach.webhookSecret(openApp({ webhookSecret: secret }))).toBe(secret)
    expect(outreach.webhookSecret(openApp({}))).toBeNull()
  })
})
