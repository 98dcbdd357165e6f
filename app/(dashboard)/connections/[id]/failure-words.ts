/** Codes of failures in words, where the code says more than that the provider refused. */
const words: Readonly<Record<string, string>> = {
  timeout: 'The provider did not answer in time',
  network: 'The provider could not be reached',
  too_large: 'The provider’s answer was too large to be true',
  redirect: 'The provider answered with a redirect, which is not followed',
  host_not_allowed: 'The address is not one that this app may call',
  throttled: 'The provider asked to wait',
  answer_invalid: 'The provider’s answer could not be read',
  answer_lost: 'The provider’s answer was lost when a process ended',
  invalid_grant: 'The provider refused the refresh token',
  http_401: 'The provider refused the access token',
  invalid_client: 'The provider refused the app’s client id or secret',
  private_key_refused: 'The app’s private key cannot sign',
  subject_not_found: 'The provider no longer knows who the token is for',
  install_unknown: 'The install is not known at the provider any more',
  no_refresh_token: 'There was no refresh token to renew with',
  refresh_token_expired: 'The refresh token had expired',
  development_grant_lapsed: 'The weekly end of a development grant, as expected',
  rotations_held: 'Renewals are held: this database is a copy',
  app_misconfigured: 'The provider refused the app',
  renewed_elsewhere: 'The original of this database has renewed the grant',
}

/** What failed, in words; the code itself stands beside it. */
export function failureTitle(code: string): string {
  if (words[code]) return words[code]
  const status = /^http_(\d{3})$/.exec(code)?.[1]
  return status ? `The provider answered with status ${status}` : 'The provider refused the call'
}

/** The HTTP client’s own reasons (lib/http) and Patchbay’s: no provider said a word. */
const ownCodes: readonly string[] = [
  'timeout',
  'network',
  'too_large',
  'redirect',
  'host_not_allowed',
  'answer_lost',
  'no_refresh_token',
  'private_key_refused',
  'rotations_held',
  'renewed_elsewhere',
  'refresh_token_expired',
  'development_grant_lapsed',
]

/**
 * Whose words came with a failure, and which they are. What Patchbay wrote before a provider's words is left out: what happens
 * next, and when, stands in the status.
 *
 * @param code null where the provider announced it
 */
export function whoSaid(code: string | null, words: string): { by: 'provider' | 'patchbay'; words: string } {
  if (code !== null && ownCodes.includes(code)) return { by: 'patchbay', words }
  const quoted = / It said: (.+)$/s.exec(words)?.[1]
  return { by: 'provider', words: quoted ?? words }
}
