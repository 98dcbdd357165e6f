import type { GrantKind } from '../../core/provider'
import type { ScopeCatalogue, ScopeEntry } from '../contract'

/** What an application token needs (providers.md 3.1). */
export const applicationScope = 'provision_users'

const userEntries: readonly ScopeEntry[] = [
  { scope: 'identity', group: 'User', note: 'who the person is' },
  { scope: 'read', group: 'User' },
  { scope: 'write', group: 'User' },
]
const applicationEntries: readonly ScopeEntry[] = [
  { scope: applicationScope, group: 'Application', note: 'manages the white label’s users' },
]

/** Outstand documents an authorization request without any scope: its defaults apply unless some are configured (seed 004). */
export function outstandScopes(grant: GrantKind): ScopeCatalogue {
  return grant === 'client_credentials'
    ? {
        required: false,
        always: [applicationScope],
        never: userEntries.map(({ scope }) => scope),
        entries: applicationEntries,
        note: 'The application’s own token; it is not tied to a user.',
      }
    : {
        required: false,
        always: [],
        never: [applicationScope],
        entries: userEntries,
        note: 'With none ticked, no scope is sent and Outstand grants its defaults.',
      }
}
