import type { GrantKind } from '../../core/provider'
import type { ScopeCatalogue, ScopeEntry } from '../contract'
import { bareScopes, oauthResources, s2sResources } from './scope-table'

const verbNotes: Readonly<Record<string, string>> = {
  all: 'read, write and delete',
  write: 'does not include read',
  aggregate: 'totals only',
}

const rule =
  'Write does not include read: ask for both, or for “all”, which is read, write and delete. Only scopes that the app has at Outreach are granted.'

const oauthEntries: readonly ScopeEntry[] = Object.entries(oauthResources).flatMap(([group, resources]) => [
  ...resources.flatMap(([name, verbs]) => verbs.map((verb) => entry(name, verb, group))),
  ...(bareScopes[group] ?? []).map((scope) => ({ scope, group })),
])

const groupOf = new Map(
  Object.entries(oauthResources).flatMap(([group, resources]) =>
    resources.map(([name]) => [name, group] as const),
  ),
)

const s2sEntries: readonly ScopeEntry[] = s2sResources.flatMap(([name, verbs]) =>
  verbs.map((verb) => entry(name, verb, groupOf.get(name) ?? 'Other')),
)

/** Outreach's scopes for a grant. S2S scopes are set in the app at Outreach and are not asked for in a request. */
export function outreachScopes(grant: GrantKind): ScopeCatalogue {
  return grant === 's2s'
    ? {
        required: false,
        always: [],
        entries: s2sEntries,
        note: `S2S scopes belong to the app at Outreach. ${rule}`,
      }
    : { required: true, always: [], entries: oauthEntries, note: rule }
}

function entry(resource: string, verb: string, group: string): ScopeEntry {
  const note = verbNotes[verb]
  return { scope: `${resource}.${verb}`, group, ...(note === undefined ? {} : { note }) }
}
