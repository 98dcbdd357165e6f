/** An app registered at the sandbox's Envoy. */
export type EnvoyApp = {
  readonly clientId: string
  readonly clientSecret: string
  readonly name: string
} & (
  | { readonly kind: 'plugin'; readonly pluginId: string; readonly webhookUrl: string }
  | { readonly kind: 'oauth'; readonly redirectUris: readonly string[] }
)

export type EnvoyPlugin = Extract<EnvoyApp, { kind: 'plugin' }>
export type EnvoyOauthApp = Extract<EnvoyApp, { kind: 'oauth' }>

/** The client secrets of the two apps. */
export type EnvoySecrets = { readonly plugin: string; readonly oauth: string }

export const PLUGIN_CLIENT_ID = 'sandbox-envoy-plugin'
export const OAUTH_CLIENT_ID = 'sandbox-envoy-oauth'

/** What the OAuth app asks for unless somebody picks less. */
export const OAUTH_SCOPES = [
  'companies.read',
  'locations.read',
  'employees.read',
  'profile',
  'token.refresh',
] as const

/** Scopes the plugin is registered with; `cut-scopes` changes them while the sandbox runs. */
export const PLUGIN_SCOPES = [
  'companies.read',
  'locations.read',
  'employees.read',
  'entries.read',
  'invites.read',
  'token.refresh',
] as const

/** The two apps that are ready at start, with the callback and webhook addresses that are registered for them. */
export function readyMadeApps(
  secrets: EnvoySecrets,
  urls: { readonly callbackUrl: string; readonly webhookUrl: string },
): [EnvoyPlugin, EnvoyOauthApp] {
  return [
    {
      kind: 'plugin',
      clientId: PLUGIN_CLIENT_ID,
      clientSecret: secrets.plugin,
      name: 'Patchbay',
      pluginId: '3f0c6a52-8d1e-4b7a-9a55-6d2c1e90b417',
      webhookUrl: urls.webhookUrl,
    },
    {
      kind: 'oauth',
      clientId: OAUTH_CLIENT_ID,
      clientSecret: secrets.oauth,
      name: 'Patchbay (unlisted app)',
      redirectUris: [urls.callbackUrl],
    },
  ]
}
