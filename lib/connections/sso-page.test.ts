import { expect, test } from 'vitest'
import { Secret } from '../core/secret'
import { ssoPage } from './sso-page'

const entry = {
  action: new URL('https://crm.customer.example/app/sso'),
  accessToken: Secret.of('odd"><script>alert(1)</script>'),
}

test('the token goes by POST to that one origin, and nowhere else', async () => {
  const response = ssoPage(entry, 'bm9uY2U=')
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain('form-action https://crm.customer.example;')
  expect(policy).toContain("frame-ancestors 'none'")
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('referrer-policy')).toBe('no-referrer')
  const html = await response.text()
  expect(html).toContain('<form id="sso" method="post" action="https://crm.customer.example/app/sso">')
  expect(html).not.toContain('access_token=')
})

test('the token cannot break out of its field', async () => {
  const html = await ssoPage(entry, 'bm9uY2U=').text()
  expect(html).toContain('value="odd&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"')
  expect(html.match(/<script/g)).toHaveLength(1)
})
