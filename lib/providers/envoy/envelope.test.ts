import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openApp } from '../../../tests/fake-provider'
import { Secret } from '../../core/secret'
import { isUninstall, readEnvoyEvent, wantsOptions } from './envelope'
import { envoy } from './envoy'

const bytes = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

/** Seed 003's own sample, its missing comma put in. */
const older = {
  name: 'route',
  request_meta: {
    auth: {
      state: null,
      company_id: '100000',
      expires_in: 86400,
      token_type: 'Bearer',
      access_token: 'ACCESS_TOKEN',
      refresh_token: null,
      refresh_token_expires_in: null,
    },
    route: 'step-0-field-1-options',
    plugin_id: 'PLUGIN_ID',
    install_id: 1000000,
  },
  request_body: { a: 1 },
}
const current = {
  meta: {
    event: 'plugin_uninstalled',
    job: { id: 'j', name: 'n', identifier: 'i' },
    plugin_id: 'plugin-1',
    install_id: '1000000',
    config: {},
    location: { id: '20011', type: 'locations', attributes: { name: 'Portland HQ' } },
    company: { id: '100000', type: 'companies', attributes: { name: 'Harbor & Pine' } },
    auth: { token_type: 'Bearer', access_token: 'ACCESS_TOKEN', expires_in: 86400 },
    forwarded_bearer_token: 'FORWARDED',
  },
  payload: { id: '1' },
}

describe('Envoy’s envelopes', () => {
  it('are read in the shape of seed 003', () => {
    const event = readEnvoyEvent(bytes(older))
    expect(event).toMatchObject({
      kind: 'route',
      name: 'step-0-field-1-options',
      pluginId: 'PLUGIN_ID',
      installId: '1000000',
      companyId: '100000',
      companyName: null,
    })
    expect(event && wantsOptions(event)).toBe(true)
    expect(event && isUninstall(event)).toBe(false)
  })

  it('are read in the shape of Envoy’s SDK', () => {
    const event = readEnvoyEvent(bytes(current))
    expect(event).toMatchObject({
      kind: 'event',
      name: 'plugin_uninstalled',
      pluginId: 'plugin-1',
      installId: '1000000',
      companyId: '100000',
      companyName: 'Harbor & Pine',
      locationName: 'Portland HQ',
    })
    expect(event && isUninstall(event)).toBe(true)
    expect(event && wantsOptions(event)).toBe(false)
  })

  it('are the same thing with a number or a string for an id, and without auth', () => {
    const { auth: _auth, ...meta } = older.request_meta
    for (const install_id of [1000000, '1000000'])
      expect(
        readEnvoyEvent(bytes({ ...older, request_meta: { ...meta, install_id, auth: null } })),
      ).toMatchObject({
        installId: '1000000',
        companyId: null,
      })
  })

  it('keep no token of the body', () => {
    for (const envelope of [older, current]) {
      const read = JSON.stringify(readEnvoyEvent(bytes(envelope)))
      expect(read).not.toContain('ACCESS_TOKEN')
      expect(read).not.toContain('FORWARDED')
    }
  })

  it('are refused when they name no route or event, no install or no plugin', () => {
    const broken = [
      '',
      '{}',
      'null',
      JSON.stringify(older).slice(0, 120),
      { ...older, name: 'event' },
      { ...older, name: 'other' },
      { meta: { ...current.meta, event: undefined } },
      { meta: { ...current.meta, event: 'two words' } },
      { meta: { ...current.meta, install_id: null } },
      { meta: { ...current.meta, install_id: 1.5 } },
      { meta: { ...current.meta, plugin_id: '' } },
    ]
    for (const envelope of broken) expect(readEnvoyEvent(bytes(envelope))).toBeNull()
  })

  it('give the same event whatever order and extra fields they come with', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^x_[a-z]{1,8}$/), fc.jsonValue()),
        fc.boolean(),
        (extra, isOlder) => {
          const envelope = isOlder
            ? { ...extra, ...older, request_meta: { ...extra, ...older.request_meta } }
            : { ...extra, payload: {}, meta: { ...extra, ...current.meta } }
          expect(readEnvoyEvent(bytes(envelope))).toEqual(readEnvoyEvent(bytes(isOlder ? older : current)))
        },
      ),
    )
    fc.assert(fc.property(fc.jsonValue(), (value) => readEnvoyEvent(bytes(value)) === null))
  })
})

describe('Envoy’s signature', () => {
  const secret = Secret.of('client/secret+=&')
  const body = bytes(older)
  const right = createHmac('sha256', secret.reveal()).update(body).digest('base64')
  const verify = (signature: string | null, raw = body) =>
    envoy.verifyWebhook(
      secret,
      new Headers(signature === null ? {} : { 'x-envoy-signature': signature }),
      raw,
    )

  it('is base64 over the raw body, keyed with the client secret', () => {
    expect(verify(right)).toEqual({ kind: 'verified' })
    expect(envoy.webhookSecret(openApp({ clientSecret: secret, webhookSecret: Secret.of('other') }))).toBe(
      secret,
    )
  })

  it('is refused when missing, wrong, truncated, in hex, unpadded or over another body', () => {
    expect(verify(null)).toEqual({ kind: 'rejected', reason: 'missing_signature' })
    const other = createHmac('sha256', 'another').update(body).digest('base64')
    const hex = Buffer.from(right, 'base64').toString('hex')
    for (const signature of [
      other,
      right.slice(0, 20),
      hex,
      right.replace(/=$/, ''),
      `sha256=${right}`,
      '====',
      'x',
    ])
      expect(verify(signature)).toEqual({ kind: 'rejected', reason: 'bad_signature' })
    expect(verify(right, body.slice(0, -1))).toMatchObject({ kind: 'rejected' })
  })
})
