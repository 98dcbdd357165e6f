type Entry = { scope: string; group: string; note?: string }
type Verb = Entry & { verb: string }

export type ScopeGroupRows = { group: string; rows: { resource: string; entries: Verb[] }[] }

/** A catalogue as its picker shows it: groups, in them one row per resource with its verbs; scopes without a verb stand alone. */
export function scopeRows(entries: readonly Entry[]): ScopeGroupRows[] {
  const groups = new Map<string, Map<string, Verb[]>>()
  for (const entry of entries) {
    const dot = entry.scope.lastIndexOf('.')
    const resource = dot > 0 ? entry.scope.slice(0, dot) : entry.scope
    const verb = dot > 0 ? entry.scope.slice(dot + 1) : (entry.note ?? 'ask for it')
    const rows = groups.get(entry.group) ?? new Map<string, Verb[]>()
    rows.set(resource, [...(rows.get(resource) ?? []), { ...entry, verb }])
    groups.set(entry.group, rows)
  }
  return [...groups].map(([group, rows]) => ({
    group,
    rows: [...rows].map(([resource, own]) => ({ resource, entries: own })),
  }))
}
