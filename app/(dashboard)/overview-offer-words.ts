import type { ConnectOffer } from '@/lib/server'

/** What happens after the press, in a few words. */
export function wayWords(offer: ConnectOffer): string {
  switch (offer.grant) {
    case 'oauth_code':
      return 'A person signs in there and consents'
    case 's2s':
      return 'An admin of the other company installs the app (S2S)'
    case 'plugin_install':
      return 'An Envoy admin installs the app'
    case 'client_credentials':
      return 'The application itself, without a person'
  }
}

/** The word on the button that leaves. */
export function pressLabel(offer: ConnectOffer): string {
  if (offer.way === 'install') return 'Install'
  return offer.environment === 'development' ? 'Connect with development credentials' : 'Connect'
}
