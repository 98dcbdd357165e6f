import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Secret } from '../core/secret'
import { isHtml, providerWords, safePath, withoutTokens } from './redact'

describe('the provider’s words', () => {
  it('stay readable', () => {
    for (const words of [
      'Retry later',
      'The provided authorization grant is invalid, expired, revoked, or was issued to another client.',
      'Missing required parameter: redirect_uri.',
      '{"error":"invalid_client","error_description":"Client authentication failed due to unknown client"}',
      'Rate limit of 10,000 exceeded until 2026-09-11T10:00:00Z',
      'scheduledServerMaintenance',
      'unsupported_grant_type is not a grant_type of this server',
    ])
      expect(providerWords(words)).toBe(words)
  })

  it('are an HTML page’s text without its scripts and styles', () => {
    const page =
      '<!DOCTYPE html><html><head><title>502 Bad gateway</title><style>b{color:red}</style><script>var a="x"</script></head><body><h1>Bad&nbsp;gateway</h1><p>nginx &amp; co</p></body></html>'
    expect(providerWords(page)).toBe('502 Bad gateway Bad gateway nginx & co')
    expect(isHtml(page)).toBe(true)
    expect(isHtml('{"a":"<html>"}')).toBe(false)
  })

  it('are cut to 200 characters', () => {
    const words = providerWords('word '.repeat(400))
    expect(words.length).toBeLessThanOrEqual(200)
    expect(words.endsWith('…')).toBe(true)
  })

  it('lose every secret that was sent, in any encoding, however short', () => {
    const secret = Secret.of('p+/=&%"<\'x')
    const raw = secret.reveal()
    const echoes = [
      raw,
      encodeURIComponent(raw),
      new URLSearchParams({ client_secret: raw }).toString(),
      JSON.stringify({ client_secret: raw }),
      `<p>bad secret ${raw.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll("'", '&#39;')}</p>`,
    ]
    for (const echo of echoes) {
      const words = providerWords(echo, [secret])
      expect(words).toContain('[removed]')
      expect(words).not.toContain('p+/=')
      expect(words).not.toContain('p%2B')
    }
  })

  it('lose what has the shape of a credential', () => {
    const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJl'
    for (const text of [
      `token ${jwt} expired`,
      `Authorization: Bearer short-one`,
      `{"refresh_token":"abc","x":1}`,
      `code=abc123 was used`,
      `see https://app.example/callback?code=abc123&state=9`,
      '-----BEGIN RSA PRIVATE KEY-----\nabc123\n-----END RSA PRIVATE KEY-----',
    ]) {
      const words = withoutTokens(text)
      for (const leak of [jwt, 'short-one', '"abc"', 'abc123']) expect(words).not.toContain(leak)
    }
  })

  it('never hold a random token of 24 bytes or more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 24, max: 64 }),
        fc.constantFrom('hex', 'base64', 'base64url'),
        (size, encoding) => {
          const token = randomBytes(size).toString(encoding as 'hex' | 'base64' | 'base64url')
          expect(providerWords(`The token ${token} is not valid.`)).not.toContain(token)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('never throw, whatever came', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
        expect(providerWords(text).length).toBeLessThanOrEqual(200)
      }),
    )
  })
})

describe('a path in the log', () => {
  it('has no segment that may be an id or a token', () => {
    expect(safePath('/oauth/token')).toBe('/oauth/token')
    expect(safePath('/oauth2/token')).toBe('/oauth2/token')
    expect(safePath('/api/v1/contacts.json')).toBe('/api/v1/contacts.json')
    expect(safePath('/a/auth/v0/token')).toBe('/a/auth/v0/token')
    expect(safePath('/api/app/installs/42/actions/accessToken')).toBe(
      '/api/app/installs/{…}/actions/accessToken',
    )
    expect(safePath('/x/%2E%2E/y')).toBe('/x/{…}/y')
  })
})
