import type { GrantKind } from '../../core/provider'
import type { ScopeCatalogue, ScopeEntry } from '../contract'

/** Without it Envoy issues no refresh token (providers.md 2.2). */
export const refreshScope = 'token.refresh'

/** Scopes of Envoy's page and of its SDK's type, which takes any other too (providers.md 2.9). */
const table: Readonly<Record<string, readonly string[]>> = {
  Company: [
    'companies.read',
    'locations.read',
    'flows.read',
    'badges.read',
    'agreements.read',
    'agreements.write',
  ],
  'Visitors and invites': [
    'invites.read',
    'invites.write',
    'invites.attest',
    'entries.read',
    'entries.write',
    'sign-in-fields.read',
    'sign-in-fields.write',
    'sign-in-field-pages.read',
    'blacklist-filters.read',
    'blacklist-filters.write',
  ],
  Employees: ['employees.read', 'employees.write', 'work-schedules.read', 'work-schedules.write'],
  'Spaces and tickets': [
    'spaces.read',
    'reservations.read',
    'reservations.write',
    'tickets.read',
    'tickets.write',
  ],
}

const entries: readonly ScopeEntry[] = Object.entries(table).flatMap(([group, scopes]) =>
  scopes.map((scope) => ({
    scope,
    group,
    ...(scope === 'companies.read' ? { note: 'gives the company’s name' } : {}),
  })),
)

export function envoyScopes(grant: GrantKind): ScopeCatalogue {
  const reported = 'Envoy does not report which scopes were granted.'
  return {
    required: false,
    always: [refreshScope],
    entries,
    note:
      grant === 'plugin_install'
        ? `A plugin’s scopes are set at Envoy; an install grants all of them. ${reported}`
        : `token.refresh is always asked for: without it Envoy issues no refresh token. ${reported}`,
  }
}
