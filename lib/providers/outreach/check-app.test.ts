import { beforeAll, describe, expect, it } from 'vitest'
import { fakeProviders, openApp } from '../../../tests/fake-provider'
import type { FakeAnswer, FakeCall } from '../../../tests/fake-server'
import { Secret } from '../../core/secret'
import { generateKeyPair, type PrivateKey } from '../../oauth/private-key'
import type { OpenApp } from '../contract'
import { outreach } from './outreach'

const start = fakeProviders()
const guid = '5f0c9a52-1111-4222-8333-abcdefabcdef'
let key: PrivateKey
beforeAll(async () => {
  key = await generateKeyPair()
})

function s2sApp(baseUrl: string, more: Partial<OpenApp> = {}): OpenApp {
  return openApp({
    baseUrl,
    grants: ['s2s'],
    clientId: null,
    clientSecret: null,
    s2sGuid: guid,
    s2sPrivateKey: key.privateKey,
    ...more,
  })
}

describe('the check of an app', () => {
  /** Outreach with one right secret and one right key. */
  const honest =
    (secret: string, signature: number) =>
    (call: FakeCall): FakeAnswer => {
      if (call.path !== '/oauth/token') return { status: signature }
      const form = new URLSearchParams(call.body)
      // Doorkeeper looks at a refresh token before the client, at a code after it.
      if (form.get('grant_type') === 'refresh_token') return { status: 400, body: { error: 'invalid_grant' } }
      if (!form.get('redirect_uri') || !form.get('code'))
        return { status: 400, body: { error: 'invalid_request' } }
      const right = form.get('client_secret') === secret
      return right
        ? { status: 400, body: { error: 'invalid_grant' } }
        : { status: 401, body: { error: 'invalid_client' } }
    }
  const both = (baseUrl: string) =>
    s2sApp(baseUrl, { grants: ['oauth_code', 's2s'], clientId: 'id', clientSecret: Secret.of('right') })

  it('passes what is accepted and names what is refused', async () => {
    const good = await start(honest('right', 404))
    expect(await outreach.checkApp(good.context, both(good.origin))).toEqual({
      kind: 'ok',
      words: 'Client id and secret: accepted. S2S GUID and private key: accepted.',
    })
    const wrongSecret = await start(honest('another', 404))
    expect(await outreach.checkApp(wrongSecret.context, both(wrongSecret.origin))).toMatchObject({
      kind: 'wrong_credentials',
      words: expect.stringMatching(/Client id and secret: refused.*private key: accepted/),
    })
    const wrongKey = await start(honest('right', 401))
    expect(await outreach.checkApp(wrongKey.context, both(wrongKey.origin))).toMatchObject({
      kind: 'wrong_credentials',
      words: expect.stringMatching(/secret: accepted.*private key: refused/),
    })
  })

  it('tells an unreachable host and an unclear answer from a wrong secret', async () => {
    const fake = await start(() => ({ status: 200, body: 'hello' }))
    expect(await outreach.checkApp(fake.context, both(fake.origin))).toMatchObject({ kind: 'unclear' })
    const refused = await outreach.checkApp(fake.context, both('http://127.0.0.1:1'))
    expect(refused).toMatchObject({ kind: 'unreachable', words: expect.stringContaining('127.0.0.1:1') })
    const busy = await start(() => ({ status: 429, body: 'Retry later' }))
    expect(await outreach.checkApp(busy.context, both(busy.origin))).toMatchObject({ kind: 'unclear' })
  })

  it('says what a draft lacks', async () => {
    const fake = await start(() => ({ status: 500 }))
    const draft = s2sApp(fake.origin, { grants: ['oauth_code', 's2s'], s2sGuid: null })
    expect(await outreach.checkApp(fake.context, draft)).toEqual({
      kind: 'unclear',
      words: 'The app has no client id and secret yet. The app has no S2S GUID yet.',
    })
    const bad = s2sApp(fake.origin, { s2sPrivateKey: Secret.of('x') })
    expect(await outreach.checkApp(fake.context, bad)).toMatchObject({ kind: 'wrong_credentials' })
    expect(fake.calls).toHaveLength(0)
  })
})
