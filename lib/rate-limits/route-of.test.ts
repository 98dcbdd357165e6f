import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { providerIds } from '../core/provider'
import { routeOf } from './route-of'

describe('routeOf', () => {
  it.each([
    ['outreach', '/api/v2/prospects/7', '/api/v2/prospects/{id}'],
    ['outreach', '/api/v2/sequenceSteps?page[size]=5', '/api/v2/sequenceSteps'],
    ['outreach', '/api/v2/accounts/0f8fad5b-d9cb-469f-a165-70867728950e', '/api/v2/accounts/{id}'],
    ['outreach', '/', '/'],
    ['outstand', '/api/v1/contacts.json', '/api/v1/contacts.json'],
    ['outstand', '/api/v1/contacts/12.json', '/api/v1/contacts/{id}.json'],
    ['outstand', '/api/v1/users/joan.json', '/api/v1/users/{id}.json'],
    ['outstand', '/oauth/token/info', '/oauth/token/info'],
    ['envoy', '/v1/plugin-services/ada@example.com', '/v1/plugin-services/{id}'],
    ['envoy', '/v1/visits/ada%40example.com', '/v1/visits/{id}'],
    ['envoy', '/a/b/c/d/e/f/g/h/i/j', '/a/b/c/d/e/f/g/h/{more}'],
  ] as const)('of %s %s is %s', (provider, path, route) => {
    expect(routeOf(provider, path)).toBe(route)
  })

  const provider = fc.constantFrom(...providerIds)

  it('is short, whatever the path', () => {
    fc.assert(
      fc.property(provider, fc.string({ maxLength: 100 }), (which, path) => {
        const route = routeOf(which, `/${path}`)
        expect(route).toMatch(/^\/(?:[A-Za-z0-9_{}.-]+(?:\/|$))*$/)
        expect(route.length).toBeLessThanOrEqual(9 * 40)
        expect(routeOf(which, route).split('/')).toHaveLength(route.split('/').length)
      }),
    )
  })

  it('keeps no id, address or token', () => {
    const hex = fc.stringMatching(/^[0-9a-f]{12,64}$/).filter((text) => /\d/.test(text))
    const token = fc.stringMatching(/^[A-Za-z0-9_-]{20,80}$/).filter((text) => /\d/.test(text))
    const secret = fc.oneof(fc.uuid(), hex, token, fc.emailAddress(), fc.nat().map(String))
    fc.assert(
      fc.property(provider, secret, (which, text) => {
        expect(routeOf(which, `/api/v1/things/${encodeURIComponent(text)}/parts`)).toMatch(
          /^\/api\/v1\/things\/\{id\}(?:\/|$)/,
        )
      }),
    )
  })
})
