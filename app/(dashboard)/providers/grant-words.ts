import type { GrantKind, ProviderId } from '@/lib/core/provider'

type Words = { title: string; words: string }

const oauth: Record<ProviderId, Words> = {
  outreach: {
    title: 'OAuth 2.0',
    words: 'A person signs in at Outreach and consents; calls act for that person.',
  },
  envoy: {
    title: 'OAuth 2.0 (unlisted app)',
    words: 'An Envoy admin consents; for apps that are not listed in Envoy’s app store.',
  },
  outstand: { title: 'OAuth 2.0', words: 'A person signs in at Outstand and consents.' },
}

/** What a kind of grant is called on the pages, and what it is for. */
export function grantWords(provider: ProviderId, grant: GrantKind): Words {
  switch (grant) {
    case 'oauth_code':
      return oauth[provider]
    case 's2s':
      return {
        title: 'S2S (server to server)',
        words: 'A customer’s Outreach admin installs the app; calls act for the organisation, for no user.',
      }
    case 'plugin_install':
      return {
        title: 'Plugin install',
        words: 'An Envoy admin installs the app from Envoy; a signed webhook brings the grant.',
      }
    case 'client_credentials':
      return {
        title: 'Application (client credentials)',
        words: 'The white label’s own application, which manages its users.',
      }
  }
}
