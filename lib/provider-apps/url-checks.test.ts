import { describe, expect, it } from 'vitest'
import type { ProviderId } from '../core/provider'
import { ownUrls } from './app-urls'
import { urlChecks } from './url-checks'

const createdAt = new Date('2026-03-01T00:00:00Z')

function check(appUrl: string, more: { provider?: ProviderId; baseUrl?: string; lastWebhookAt?: Date } = {}) {
  const provider = more.provider ?? 'envoy'
  return urlChecks({
    provider,
    baseUrl: more.baseUrl ?? 'https://api.envoy.com',
    urls: ownUrls(new URL(appUrl), { provider, slug: 'my-app-k3x9' }),
    needs: { redirect: 'there', webhook: 'there', landing: null },
    lastWebhookAt: more.lastWebhookAt ?? null,
    createdAt,
  })
}
const words = (...input: Parameters<typeof check>) =>
  check(...input).map(({ url, words }) => `${url}: ${words}`)

it('an app’s URLs are made from APP_URL and its slug', () => {
  expect(
    ownUrls(new URL('https://patchbay.example.com'), { provider: 'outreach', slug: 'my-app-k3x9' }),
  ).toEqual({
    redirect: 'https://patchbay.example.com/api/callback/outreach',
    webhook: 'https://patchbay.example.com/api/webhooks/outreach',
    landing: 'https://patchbay.example.com/outreach/setup/my-app-k3x9',
  })
})

describe('what an app’s URLs lack', () => {
  it('is nothing on a public https address that heard a webhook', () => {
    expect(check('https://patchbay.example.com', { lastWebhookAt: createdAt })).toEqual([])
  })

  it('is told of loopback without https', () => {
    expect(words('http://localhost:3000', { lastWebhookAt: createdAt })).toEqual([
      'redirect: Not https: Envoy may refuse it.',
      'redirect: Loopback: only browsers on this machine reach this. Set APP_URL to the public address.',
      'webhook: Not https: Envoy may refuse it.',
      'webhook: Loopback: Envoy cannot reach this. Set APP_URL to the public address.',
    ])
  })

  it.each(['10.0.0.7', '192.168.1.5', '172.20.0.1', 'patchbay.internal', 'patchbay', '[fd00::1]'])(
    'is told of the private address %s, for webhooks only',
    (host) => {
      expect(words(`https://${host}`, { lastWebhookAt: createdAt })).toEqual([
        'webhook: A private address: Envoy cannot reach this from the internet.',
      ])
    },
  )

  it.each(['172.32.0.1', '11.0.0.1', '[2001:db8::1]', 'fcompany.example.com'])(
    'spares the public %s',
    (host) => {
      expect(check(`https://${host}`, { lastWebhookAt: createdAt })).toEqual([])
    },
  )

  it('is not told of loopback where the provider is on this machine too', () => {
    expect(check('http://localhost:3000', { baseUrl: 'http://127.0.0.1:3002' })).toEqual([
      { url: 'webhook', level: 'info', words: 'No webhook yet since', since: createdAt },
    ])
  })
})
