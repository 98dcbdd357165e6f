import { describe, expect, it } from 'vitest'
import { randomSecret } from '../kernel/tokens'
import { readyMadeApps } from './apps'
import { authenticateClient } from './client-auth'

const secrets = { plugin: randomSecret(), oauth: randomSecret() }
const apps = readyMadeApps(secrets, { callbackUrl: 'http://a.test/cb', webhookUrl: 'http://a.test/wh' })
const [plugin, oauth] = apps

function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
}

function fields(values: Record<string, string>) {
  return new Map(Object.entries(values).map(([name, value]) => [name, [value]]))
}

const body = fields({ client_id: plugin.clientId, client_secret: plugin.clientSecret })

describe('authenticateClient', () => {
  it('takes credentials in the body, in Basic, or the same in both', () => {
    const header = basic(plugin.clientId, plugin.clientSecret)
    expect(authenticateClient(apps, undefined, body)).toBe(plugin)
    expect(authenticateClient(apps, header, fields({}))).toBe(plugin)
    expect(authenticateClient(apps, header, body)).toBe(plugin)
  })

  it.each([
    ['no credentials', undefined, fields({})],
    ['an unknown client', undefined, fields({ client_id: 'nobody', client_secret: 'x' })],
    ['a wrong secret', undefined, fields({ client_id: plugin.clientId, client_secret: 'wrong' })],
    ["another app's secret", basic(plugin.clientId, secrets.oauth), fields({})],
    ['no secret', undefined, fields({ client_id: plugin.clientId })],
    ['a wrong Basic beside a right body', basic(plugin.clientId, 'wrong'), body],
    ['two clients at once', basic(oauth.clientId, oauth.clientSecret), body],
    ['a form-encoded Basic', basic(plugin.clientId, encodeURIComponent(plugin.clientSecret)), fields({})],
    ['an unreadable Basic beside a right body', 'Basic ???', body],
    ['a header of another scheme', 'Bearer abc', body],
  ])('refuses %s', (_name, authorization, sent) => {
    expect(authenticateClient(apps, authorization, sent)).toBeNull()
  })
})
