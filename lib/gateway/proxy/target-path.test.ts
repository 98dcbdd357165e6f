import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openApp } from '../../../tests/fake-provider'
import { isPatchbayError } from '../../core/errors'
import { Secret } from '../../core/secret'
import type { ProxyRules } from '../../providers/contract'
import { envoyProxyRules } from '../../providers/envoy/proxy-rules'
import { outreachProxyRules } from '../../providers/outreach/proxy-rules'
import { outstandProxyRules } from '../../providers/outstand/proxy-rules'
import { placeRules, targetPath } from './target-path'

const outreachApp = openApp({ baseUrl: 'https://api.outreach.io' })
const envoyApp = openApp({ baseUrl: 'https://api.envoy.com', browserUrl: 'https://app.envoy.com' })
const outreach = outreachProxyRules(outreachApp, { apiUrl: null })
const envoy = envoyProxyRules(envoyApp)
const outstand = outstandProxyRules(openApp({ baseUrl: 'https://contacts.example/people' }))

/** Base and path of a call, `null` where it is refused. */
function placed(rules: ProxyRules, path: string, search = ''): string | null {
  try {
    const { host, path: there } = targetPath(placeRules(rules), path, search)
    return `${new URL(host.base).origin}${there}`
  } catch (error) {
    if (isPatchbayError(error) && error.code === 'path_not_allowed') return null
    throw error
  }
}

const signsIn = /^(?:\/people)?\/(?:oauth2?|a\/auth)(?:\/|$)/
const mints = /^\/(?:oauth|api\/app|api\/installs)(?:\/|$)/

describe('targets', () => {
  it.each([
    ['outreach', outreach, 'api/v2/prospects', 'https://api.outreach.io/api/v2/prospects'],
    ['envoy', envoy, 'v1/locations', 'https://api.envoy.com/v1/locations'],
    ['envoy', envoy, 'api/v3/entries', 'https://app.envoy.com/api/v3/entries'],
    ['envoy', envoy, 'a/graphql', 'https://app.envoy.com/a/graphql'],
    ['outstand', outstand, 'api/v1/people.json', 'https://contacts.example/people/api/v1/people.json'],
  ])('%s: a path goes to the host that takes it', (_name, rules, path, url) => {
    expect(placed(rules, path)).toBe(url)
  })

  it('path and query go on exactly as they came', () => {
    const path = 'api/v2/a%2Fb/%7e/%C3%A9;x=1/(y)/'
    const search = "?filter[email]=a%40b.c&x='%27&back=..%2F..\\"
    expect(placed(outreach, path, search)).toBe(`https://api.outreach.io/${path}${search}`)
  })

  it('an org’s own link is the host, if it is one of Outreach’s', () => {
    const rules = (apiUrl: string) => outreachProxyRules(outreachApp, { apiUrl })
    expect(placed(rules('https://app1c.outreach.io/api/v2'), 'api/v2/users')).toBe(
      'https://app1c.outreach.io/api/v2/users',
    )
    expect(placed(rules('https://outreach.io.evil.example/api/v2'), 'api/v2/users')).toBe(
      'https://api.outreach.io/api/v2/users',
    )
  })

  it('the header of an agreed limit goes to the app’s host alone, and never a caller’s own', () => {
    const rules = outstandProxyRules(openApp({ rateLimitBypass: Secret.of('agreed') }))
    expect(Object.keys(rules.hosts[0]?.headers ?? {})).toEqual(['x-ratelimit-bypass'])
    expect(rules.withheld).toContain('x-ratelimit-bypass')
    expect(outstand.hosts[0]?.headers).toEqual({})
  })
})

describe('paths that are refused', () => {
  it.each([
    ['outreach', outreach, 'oauth/token'],
    ['outreach', outreach, 'api/app/installs/1/actions/accessToken'],
    ['outreach', outreach, 'API/APP/installs/1/actions/accessToken'],
    ['outreach', outreach, 'api/%61pp/installs/1/actions/accessToken'],
    ['outreach', outreach, 'api/%2561pp/installs/1'],
    ['outreach', outreach, 'api/app;v=1/installs/1'],
    ['outreach', outreach, 'api/app%3Bv=1/installs'],
    ['outreach', outreach, 'api/installs/1/actions/setupToken'],
    ['outreach', outreach, 'apiary'],
    ['outreach', outreach, ''],
    ['outreach', outreach, '%61pi/v2'],
    ['envoy', envoy, 'oauth2/token'],
    ['envoy', envoy, 'OAuth2/token'],
    ['envoy', envoy, 'a/auth/v0/token'],
    ['envoy', envoy, 'a/graphql/../auth/v0/token'],
    ['envoy', envoy, 'a'],
    ['envoy', envoy, ';/a/auth/v0/token'],
    ['envoy', envoy, '%20/a/auth/v0/token'],
    ['envoy', envoy, '%3b/oauth/token'],
    ['outreach', outreach, 'api/;v=1/app/installs/1/actions/accessToken'],
    ['outstand', outstand, 'oauth/token/info'],
    ['outstand', outstand, 'sso'],
  ])('%s: no token endpoint, no sign-in (%#)', (_name, rules, path) => {
    expect(placed(rules, path)).toBeNull()
  })

  it.each([
    '..',
    'api/..',
    'api/../oauth/token',
    'api/./v2',
    'api/%2e%2e/oauth/token',
    'api/%2E./oauth/token',
    'api/%252e%252e/oauth/token',
    'api/%25252e%25252e/oauth/token',
    'api/%2525252e%2525252e/oauth/token',
    'api/v2/..%2f..%2foauth/token',
    'api/v2/..%5c..%5coauth/token',
    'api/..;/oauth/token',
    'api/..%3b/oauth/token',
    'api/..%20/oauth/token',
    'api/..%3f/oauth/token',
    'api/%c0%ae%c0%ae/oauth/token',
    'api/%25c0%25ae%25c0%25ae/oauth/token',
    'api\\..\\oauth',
    'api/v2/\0',
    'api/v2/%00',
    'api/v2/%0d%0ahost:evil',
    'api/v2\r\nhost: evil',
    'api/v2/a b',
    'api/v2/é',
    'api/v2/%zz',
    'api/v2?x',
    'api/v2#x',
    'api//evil.example',
    '/evil.example/api',
    '//evil.example/api',
    'http://evil.example/api',
    'api/v2/%2f%2fevil.example',
    '@evil.example/api',
  ])('no way off the API: %j', (path) => {
    expect(placed(outreach, path)).toBeNull()
    expect(placed(envoy, path) ?? 'https://api.envoy.com/').toMatch(/^https:\/\/(?:api|app)\.envoy\.com\//)
  })

  it('a query that is no query is refused', () => {
    for (const search of ['x=1', '?a#b', '?a b', '?a\r\nb', '?é'])
      expect(placed(outreach, 'api', search)).toBeNull()
  })

  it('whatever came, a URL made of it stays on its host and below its prefix, however it is read', () => {
    const part = fc.constantFrom(
      'api',
      'v2',
      'oauth',
      'token',
      'app',
      'a',
      'auth',
      '..',
      '.',
      '%2e',
      '%2E%2e',
      '%252e',
      '%2f',
      '%5c',
    )
    const sign = fc.constantFrom('/', '//', '\\', ';', '@', ':', '%', '%2f', '?', '#', '', ' ', '\t')
    const path = fc
      .array(fc.tuple(fc.oneof(part, fc.string({ maxLength: 4 })), sign), { maxLength: 8 })
      .map((pieces) => pieces.flat().join(''))
    fc.assert(
      fc.property(path, fc.constantFrom(outreach, envoy, outstand), (text, rules) => {
        const url = placed(rules, text)
        if (url === null) return
        const bases = rules.hosts.map(({ base }) => base)
        for (const read of [url, decoded(url), decoded(decoded(url))]) {
          const { origin, pathname } = new URL(read)
          expect(bases.some((base) => `${origin}${pathname}`.startsWith(`${base}/`))).toBe(true)
          expect(pathname.toLowerCase()).not.toMatch(rules === outreach ? mints : signsIn)
        }
      }),
      { numRuns: 3000 },
    )
  })
})

function decoded(url: string): string {
  return url.replace(/%([0-9a-f]{2})/gi, (_octet, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  )
}
