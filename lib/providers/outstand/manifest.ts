import type { ProviderManifest } from '../manifest'

/** Words and facts of Outstand for the pages (seed 004). */
export const outstandManifest: ProviderManifest = {
  hosts: { baseUrl: 'https://app.outstand.com', browserUrl: null },
  urls: (grants) => ({
    redirect: grants.includes('oauth_code')
      ? 'Outstand has no page for it: send it to Outstand’s support, which registers your application with it.'
      : null,
    webhook:
      'Outstand sends webhooks to white-label customers: give this address and agree on a secret with its support.',
    landing: null,
  }),
  missingScopeHint: () => 'Ask Outstand’s support to add the scope to your application, then Reconnect here.',
  reach: (grant) =>
    grant === 'client_credentials'
      ? 'Application level: manages the users of your white label. It is not tied to a user and does not work on user endpoints.'
      : 'Acts for the person who consented. It does not work on application-level endpoints.',
  removeThere: (grant) =>
    grant === 'client_credentials'
      ? 'To be sure, ask Outstand’s support to replace the application’s secret.'
      : 'To be sure, the person removes the application in Outstand under Settings → Authorized applications.',
  developmentNote: null,
  // The application level's own list holds everybody's tokens: nothing to look at for a trial.
  readyCalls: (grant) =>
    grant === 'client_credentials'
      ? []
      : [
          { path: '/api/v1/contacts.json?per_page=1', words: 'One contact' },
          { path: '/api/v1/profiles.json', words: 'The profiles' },
        ],
}
