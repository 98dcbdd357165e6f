import type { ProviderManifest } from '../manifest'

/** Words and facts of Envoy for the pages (seed 003, providers.md 2). */
export const envoyManifest: ProviderManifest = {
  hosts: { baseUrl: 'https://api.envoy.com', browserUrl: 'https://app.envoy.com' },
  urls: (grants) => ({
    redirect: grants.includes('oauth_code')
      ? 'Your unlisted app at Envoy → Externally using OAuth2 → Redirect URL. Enter it exactly like this.'
      : null,
    webhook: grants.includes('plugin_install')
      ? 'Your app at Envoy → a setup step → Validation URL, and the URL of its events. Envoy calls it while somebody installs the app, signed with the client secret.'
      : null,
    landing: null,
  }),
  missingScopeHint: (environment) =>
    environment === 'production'
      ? 'Tick the scope in your app at Envoy, publish it if it is listed, then Reconnect here.'
      : 'Tick the scope in your app at Envoy, press Save, then Reconnect here.',
  reach: (grant) =>
    grant === 'plugin_install'
      ? 'Acts for the company that installed the app, with the scopes that the app has at Envoy.'
      : 'Acts for the person who consented, in that person’s company.',
  removeThere: (grant) =>
    grant === 'plugin_install'
      ? 'Envoy has no revoke: an Envoy admin removes the app in Envoy under Apps → Installed.'
      : 'Envoy has no revoke: remove the app’s access in Envoy’s dashboard.',
  developmentNote: null,
  readyCalls: (grant) => [
    { path: '/v1/locations?perPage=1', words: 'One location' },
    { path: '/v1/companies', words: 'The company' },
    ...(grant === 'oauth_code' ? [{ path: '/api/v2/users/me', words: 'Who the token belongs to' }] : []),
  ],
}
