import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { verifyAppToken } from './verify-app-token'

const GUID = '3f0f6a1e-5f1f-4a43-a1a5-6f4f6f0f8a11'
const now = Date.UTC(2026, 0, 5, 9) / 1_000
const ours = generateKeyPairSync('rsa', { modulusLength: 2048 })
const older = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pemOf = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()
const keysOf = (guid: string) => (guid === GUID ? [pemOf(older.publicKey), pemOf(ours.publicKey)] : undefined)

function sign(claims: Record<string, unknown>, key: KeyObject | Uint8Array = ours.privateKey, alg = 'RS256') {
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(key)
}

const verdict = async (jwt: string | Promise<string>) => verifyAppToken(await jwt, keysOf, now * 1_000)

describe('an app token', () => {
  it.each([
    ['as the document builds it', { iss: GUID, iat: now, exp: now + 3_600 }],
    [
      'with a fractional iat, as the official sample sends it',
      { iss: GUID, iat: now - 0.437, exp: now + 3_600 },
    ],
    ['issued a little in the past', { iss: GUID, iat: now - 30, exp: now + 3_570 }],
    ['from a clock slightly ahead', { iss: GUID, iat: now + 20, exp: now + 3_620 }],
  ])('is accepted %s', async (_name, claims) => {
    expect(await verdict(sign(claims))).toEqual({ ok: true, guid: GUID })
  })

  it('is accepted under any of the public keys of the app', async () => {
    expect(await verdict(sign({ iss: GUID, iat: now, exp: now + 60 }, older.privateKey))).toMatchObject({
      ok: true,
    })
  })

  it.each([
    ['expired', { iss: GUID, iat: now - 7_200, exp: now - 3_600 }, /expired/],
    ['issued in the future', { iss: GUID, iat: now + 600, exp: now + 3_000 }, /future/],
    ['living longer than an hour', { iss: GUID, iat: now, exp: now + 7_200 }, /longer than an hour/],
    ['without exp', { iss: GUID, iat: now }, /needs iat and exp/],
    ['without iat', { iss: GUID, exp: now + 60 }, /needs iat and exp/],
    ['with exp before iat', { iss: GUID, iat: now, exp: now - 1 }, /before it was issued/],
    ['of an unknown issuer', { iss: 'someone-else', iat: now, exp: now + 60 }, /not a known S2S GUID/],
    ['without an issuer', { iat: now, exp: now + 60 }, /with an issuer/],
  ])('is refused when %s', async (_name, claims, detail) => {
    expect(await verdict(sign(claims))).toEqual({ ok: false, detail: expect.stringMatching(detail) })
  })

  it('is refused under a foreign key, another algorithm, or none', async () => {
    const claims = { iss: GUID, iat: now, exp: now + 60 }
    const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    const [head, body] = [{ alg: 'none' }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    )
    for (const jwt of [
      await sign(claims, foreign),
      await sign(claims, ours.privateKey, 'PS256'),
      await sign(claims, new TextEncoder().encode(pemOf(ours.publicKey)), 'HS256'),
      `${head}.${body}.`,
    ])
      expect(await verdict(jwt)).toEqual({ ok: false, detail: expect.stringMatching(/fits no RS256/) })
  })

  it.each(['', 'nonsense', 'a.b.c', `${'x'.repeat(5_000)}.y.z`])(
    'is refused when it is no JWT: %#',
    async (text) => {
      expect(await verdict(text)).toMatchObject({ ok: false })
    },
  )
})
