/**
 * Scopes named on Envoy's scopes page and in its SDK's types (providers.md 2.9). The SDK's list is open-ended; the
 * sandbox takes only names it knows, so that a misspelt scope is noticed here and not at the real Envoy.
 */
export const ENVOY_SCOPES = [
  'companies.read',
  'employees.read',
  'employees.write',
  'locations.read',
  'flows.read',
  'invites.read',
  'invites.write',
  'invites.attest',
  'spaces.read',
  'reservations.read',
  'reservations.write',
  'work-schedules.read',
  'work-schedules.write',
  'entries.read',
  'entries.write',
  'agreements.read',
  'agreements.write',
  'sign-in-field-pages.read',
  'sign-in-fields.read',
  'sign-in-fields.write',
  'badges.read',
  'blacklist-filters.read',
  'blacklist-filters.write',
  'tickets.read',
  'tickets.write',
  'token.refresh',
  'plugin',
  'public',
  'profile',
] as const

/** The scope without which Envoy gives no refresh token (providers.md 2.2). */
export const REFRESH_SCOPE = 'token.refresh'

const KNOWN: ReadonlySet<string> = new Set(ENVOY_SCOPES)

/**
 * Reads a scope parameter in any form seen on the wire: joined by spaces (authorize), by commas (the SDK's plugin
 * login) or a list (the SDK's user logins; repeated form fields). Order is kept, repetitions are dropped.
 */
export function readScopes(value: string | readonly string[] | undefined): string[] {
  if (value === undefined) return []
  const parts = (typeof value === 'string' ? [value] : value).flatMap((part) => part.split(/[\s,]+/))
  return [...new Set(parts.filter((part) => part !== ''))]
}

/** The scopes in `scopes` that Envoy does not know; empty when all are known. */
export function unknownScopes(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => !KNOWN.has(scope))
}

const DESCRIBED: Readonly<Record<string, string>> = {
  [REFRESH_SCOPE]: 'Stay connected while you are away',
  plugin: 'Act as the plugin itself',
  profile: 'See your name and e-mail address',
  public: 'See what is public',
  'invites.attest': 'Attest invites',
}

/** A scope in words, for the pages: `invites.write` becomes "Change invites". */
export function describeScope(scope: string): string {
  const described = DESCRIBED[scope]
  if (described !== undefined) return described
  const [resource = scope, verb] = scope.split('.')
  return `${verb === 'write' ? 'Change' : 'Read'} ${resource.replaceAll('-', ' ')}`
}
