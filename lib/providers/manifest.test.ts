import { describe, expect, it } from 'vitest'
import { environments, providerIds } from '../core/provider'
import { Secret } from '../core/secret'
import { appOrigins } from './app-origins'
import { below, pathSegment } from './base-url'
import { bypassHeader } from './outstand/bypass-header'
import { providerRegistry } from './registry'

describe('every provider', () => {
  it('answers to its id and has words for each of its grants and environments', () => {
    for (const id of providerIds) {
      const provider = providerRegistry.get(id)
      expect(provider.id).toBe(id)
      for (const grant of provider.grants) {
        expect(provider.manifest.reach(grant)).toBeTruthy()
        expect(provider.manifest.removeThere(grant)).toBeTruthy()
        expect(provider.policy(grant).marginMs).toBeGreaterThanOrEqual(30_000)
        expect(provider.policy(grant).accessTtlMs).toBeGreaterThan(provider.policy(grant).marginMs)
        expect(provider.scopes({ grants: [grant] }, grant).entries.length).toBeGreaterThan(0)
      }
      for (const environment of environments)
        expect(provider.manifest.missingScopeHint(environment)).toMatch(/Reconnect/)
      const { baseUrl, browserUrl } = provider.manifest.hosts
      for (const url of [baseUrl, browserUrl])
        expect(url === null || /^https:\/\/[a-z.]+$/.test(url)).toBe(true)
    }
  })

  it('asks for the addresses that its grants need', () => {
    const urls = (id: (typeof providerIds)[number], grant: 'oauth_code' | 's2s' | 'plugin_install') => {
      const told = providerRegistry.get(id).manifest.urls([grant])
      return Object.entries(told).flatMap(([name, words]) => (words === null ? [] : [name]))
    }
    expect(urls('outreach', 'oauth_code')).toEqual(['redirect'])
    expect(urls('outreach', 's2s')).toEqual(['webhook', 'landing'])
    expect(urls('envoy', 'plugin_install')).toEqual(['webhook'])
    expect(urls('envoy', 'oauth_code')).toEqual(['redirect'])
    expect(urls('outstand', 'oauth_code')).toEqual(['redirect', 'webhook'])
  })

  it('says Save for development and Publish for production', () => {
    const { missingScopeHint } = providerRegistry.get('outreach').manifest
    expect(missingScopeHint('development')).toMatch(/Tick.*Save.*Reconnect/)
    expect(missingScopeHint('production')).toMatch(/Tick.*Publish.*Reconnect/)
  })
})

describe('addresses of an app', () => {
  it('are its own origins, each once', () => {
    expect(appOrigins({ baseUrl: 'https://api.envoy.com/x', browserUrl: 'https://app.envoy.com' })).toEqual([
      'https://api.envoy.com',
      'https://app.envoy.com',
    ])
    expect(appOrigins({ baseUrl: 'https://a.example/x', browserUrl: 'https://a.example/y' })).toEqual([
      'https://a.example',
    ])
    expect(appOrigins({ baseUrl: 'http://127.0.0.1:3001', browserUrl: null })).toEqual([
      'http://127.0.0.1:3001',
    ])
  })

  it('lie below the base URL, its path kept and its query dropped', () => {
    expect(below('https://a.example', 'oauth/token').href).toBe('https://a.example/oauth/token')
    expect(below('https://a.example/p/', 'oauth/token').href).toBe('https://a.example/p/oauth/token')
    expect(below('https://a.example/p?x=1#y', 'sso').href).toBe('https://a.example/p/sso')
  })

  it('take a value as one segment or not at all', () => {
    expect(pathSegment('a/b?c')).toBe('a%2Fb%3Fc')
    for (const value of ['', '.', '..', '...']) expect(pathSegment(value)).toBeNull()
  })

  it('are the only ones that see the bypass header', () => {
    const app = { baseUrl: 'https://app.outstand.com', rateLimitBypass: Secret.of('b') }
    expect(bypassHeader(app, new URL('https://app.outstand.com/api/v1/contacts.json'))).toEqual({
      'x-ratelimit-bypass': 'b',
    })
    expect(bypassHeader(app, new URL('https://app.outstand.com.evil.example/'))).toEqual({})
    expect(bypassHeader({ ...app, rateLimitBypass: null }, new URL('https://app.outstand.com/'))).toEqual({})
  })
})
