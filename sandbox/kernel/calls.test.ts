import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { readBody } from './body'
import { maskPath } from './calls'
import type { SandboxEnv } from './contract'
import { testContext } from './test-context'
import { fingerprint, randomSecret, randomToken } from './tokens'

describe('the call log', () => {
  it('tells what was called and how, by names and fingerprints', async () => {
    const context = testContext('outreach')
    const app = new Hono<SandboxEnv>()
    app.use(context.calls.middleware)
    app.post('/oauth/token', async (c) => c.json({ kind: (await readBody(c)).kind }))
    const refreshToken = randomToken()
    const secret = randomSecret()
    await app.request('/oauth/token?code=from-the-query', {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`id:${secret}`)}` },
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        client_secret: secret,
      }),
    })
    const [call] = context.calls.recent()
    expect(call).toMatchObject({
      method: 'POST',
      path: '/oauth/token',
      queryNames: ['code'],
      status: 200,
      contentType: 'application/x-www-form-urlencoded',
      grantType: 'refresh_token',
      fieldNames: ['grant_type', 'refresh_token', 'client_secret'],
      headerNames: ['authorization', 'content-type'],
    })
    expect(call?.fingerprints.refresh_token).toBe(fingerprint(refreshToken))
    const text = JSON.stringify(call)
    for (const value of [refreshToken, secret, 'from-the-query', btoa(`id:${secret}`)])
      expect(text).not.toContain(value)
  })

  it('hides tokens in paths and leaves ids readable', () => {
    const token = `${randomToken()}1a`
    expect(maskPath(`/api/app/installs/${token}/actions/setupToken`)).toBe(
      `/api/app/installs/~${fingerprint(token)}/actions/setupToken`,
    )
    const id = '/api/app/installs/6f1c1f0e-52f4-4b0b-9d0c-7a9b2f5e0a11/actions/accessToken'
    expect(maskPath(id)).toBe(id)
  })

  it('keeps the last five hundred', async () => {
    const context = testContext('envoy')
    const app = new Hono<SandboxEnv>()
    app.use(context.calls.middleware)
    app.get('/:n', (c) => c.text('ok'))
    for (let n = 0; n < 510; n += 1) await app.request(`/${n}`)
    const calls = context.calls.recent()
    expect([calls.length, calls[0]?.path, calls.at(-1)?.path]).toEqual([500, '/509', '/10'])
  })
})

describe('secrets', () => {
  it('hold every character that careless clients break on, and are never the same twice', () => {
    const made = Array.from({ length: 50 }, randomSecret)
    for (const secret of made) {
      expect(secret).toHaveLength(43)
      for (const letter of '+/=&%') expect(secret).toContain(letter)
    }
    expect(new Set(made).size).toBe(50)
  })
})
