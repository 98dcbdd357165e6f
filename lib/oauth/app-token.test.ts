import { importSPKI, jwtVerify } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeAppToken } from './app-token'
import { generateKeyPair, type PrivateKey } from './private-key'

const now = new Date('2026-03-01T12:00:00.400Z')
const nowS = Math.floor(now.getTime() / 1000)
let key: PrivateKey

beforeAll(async () => {
  key = await generateKeyPair()
})

describe('an app token', () => {
  it('is RS256 over iss, iat a little in the past and exp within the hour', async () => {
    const token = await makeAppToken('guid-1', key.privateKey, now)
    const publicKey = await importSPKI(key.publicKeyPem, 'RS256')
    const { payload, protectedHeader } = await jwtVerify(token.reveal(), publicKey, {
      issuer: 'guid-1',
      algorithms: ['RS256'],
      currentDate: now,
    })
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT' })
    expect(Object.keys(payload).sort()).toEqual(['exp', 'iat', 'iss'])
    const { iat = 0, exp = 0 } = payload
    expect(iat).toBeLessThan(nowS)
    expect(iat).toBeGreaterThanOrEqual(nowS - 120)
    expect(exp).toBeGreaterThan(nowS)
    expect(exp - iat).toBeLessThanOrEqual(3600)
    expect(`${token}`).toBe('[redacted]')
  })

  it('does not verify with another key', async () => {
    const token = await makeAppToken('guid-1', key.privateKey, now)
    const other = await importSPKI((await generateKeyPair()).publicKeyPem, 'RS256')
    await expect(jwtVerify(token.reveal(), other, { currentDate: now })).rejects.toThrow()
  })
})
