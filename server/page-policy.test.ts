import { describe, expect, it } from 'vitest'
import { pageHeaders, pagePolicy } from './page-policy'

const ports = { outreach: 3001, envoy: 3002, outstand: 3003, control: 3004 }
const providerUrls = {
  outreach: 'https://api.outreach.io',
  envoyApi: 'https://api.envoy.com',
  envoyApp: 'https://app.envoy.com',
  outstand: 'https://app.outstand.com',
}
const atHome = {
  appUrl: new URL('http://localhost:3000'),
  cookieSecure: false,
  sandbox: { on: true, ports },
  providerUrls,
}
const hosted = {
  appUrl: new URL('https://patchbay.company.example'),
  cookieSecure: true,
  sandbox: { on: false, ports },
  providerUrls,
}

function directives(config = hosted, dev = false): Record<string, string[]> {
  const entries = pagePolicy(config, 'bm9uY2U=', dev)
    .split('; ')
    .map((directive) => directive.split(' '))
  return Object.fromEntries(entries.map(([name = '', ...values]) => [name, values]))
}

describe('the policy of a page', () => {
  it('runs scripts only by this page’s nonce, and loads nothing from elsewhere', () => {
    const policy = directives()
    expect(policy['script-src']).toEqual(["'self'", "'nonce-bm9uY2U='", "'strict-dynamic'"])
    expect(policy['style-src']).toEqual(["'self'", "'nonce-bm9uY2U='"])
    expect(policy['connect-src']).toEqual(["'self'"])
    const elsewhere = Object.entries(policy).filter(
      ([name, values]) => name !== 'form-action' && values.some((value) => !/^('|data:$)/.test(value)),
    )
    expect(elsewhere).toEqual([])
  })

  it('is framed by nobody, and knows neither plugins nor another base', () => {
    expect(directives()).toMatchObject({
      'default-src': ["'self'"],
      'frame-ancestors': ["'none'"],
      'object-src': ["'none'"],
      'base-uri': ["'none'"],
    })
  })

  it('allows eval and inline styles in development only', () => {
    expect(directives(atHome, true)['script-src']).toContain("'unsafe-eval'")
    expect(directives(atHome, true)['style-src']).toContain("'unsafe-inline'")
    expect(pagePolicy(atHome, 'n', false)).not.toContain('unsafe-eval')
    expect(directives(atHome)['style-src']).not.toContain("'unsafe-inline'")
  })

  it.each([
    [
      'loopback at home, where any port may be a provider',
      atHome,
      ['http://localhost:*', 'http://127.0.0.1:*'],
    ],
    ['nothing but https for a hosted one', hosted, []],
    [
      'the providers of the sandbox, not its control',
      { ...hosted, sandbox: { on: true, ports } },
      ['http://localhost:3001', 'http://localhost:3002', 'http://localhost:3003'],
    ],
    [
      'an override on this machine, without its path, once',
      {
        ...hosted,
        providerUrls: {
          ...providerUrls,
          envoyApi: 'http://127.0.0.1:9000/api',
          envoyApp: 'http://127.0.0.1:9000',
        },
      },
      ['http://127.0.0.1:9000'],
    ],
  ])('lets forms lead to https and %s', (_words, config, more) => {
    expect(directives(config)['form-action']).toEqual(["'self'", 'https:', ...more])
  })
})

describe('the headers of every answer', () => {
  it('forbid sniffing, tell other sites no address and share no window with them', () => {
    expect(pageHeaders(hosted)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    })
  })

  it('insist on https where Patchbay has it', () => {
    expect(pageHeaders(hosted)['strict-transport-security']).toBe('max-age=31536000')
    expect(pageHeaders(atHome)).not.toHaveProperty('strict-transport-security')
  })
})
