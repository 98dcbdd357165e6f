import type { Import, SourceFile } from './source-file'

/**
 * What each room of lib/ never imports (the table of the house style). `people` are the parts above lib: app, components,
 * server, sandbox. A name that ends in `!` may be imported for its types.
 */
const neverImports: Record<string, readonly string[]> = {
  'api-keys': ['next', 'providers', 'vault', 'http'],
  cache: ['room'],
  config: ['room'],
  telemetry: ['db', 'providers', 'next'],
  http: ['db', 'vault', 'providers', 'next'],
  mail: ['db', 'vault', 'providers', 'next'],
  oauth: ['providers', 'db', 'vault', 'next'],
  providers: ['db', 'vault', 'next'],
  db: ['http', 'providers', 'next'],
  vault: ['http', 'db', 'providers', 'next'],
  'rate-limits': ['next'],
  gateway: ['next', 'provider by name'],
  rotation: ['next', 'provider by name'],
  renewal: ['next', 'provider by name'],
  connections: ['next'],
  installs: ['next'],
  instance: ['next', 'providers', 'vault', 'http'],
  webhooks: ['next'],
  'provider-apps': ['next'],
  jobs: ['next', 'providers', 'vault', 'http'],
  notifications: ['next', 'provider by name'],
  processes: ['next', 'providers', 'vault', 'http'],
  audit: ['room but core and db'],
  auth: ['vault', 'providers'],
  queries: ['vault', 'rotation!', 'renewal', 'next'],
}

/** The room of a file or of an import, `null` outside lib/'s rooms. */
export function roomOf(path: string): string | null {
  return /^lib\/([^/]+)\//.exec(path)?.[1] ?? null
}

/** Faults of one file against the table, in words. */
export function roomFaults(file: SourceFile): string[] {
  const room = roomOf(file.path)
  if (room === null) return []
  const never = neverImports[room] ?? []
  return file.imports
    .filter((each) => never.some((rule) => breaks(rule, room, each)))
    .map((each) => `imports ${each.to}, which lib/${room} never does`)
}

function breaks(rule: string, room: string, { to, typeOnly }: Import): boolean {
  const target = roomOf(to)
  switch (rule) {
    case 'next':
      return /^(next|next-auth|react|react-dom)(\/|$)/.test(to)
    case 'room':
      return target !== null && target !== room && target !== 'core'
    case 'room but core and db':
      return target !== null && ![room, 'core', 'db'].includes(target)
    case 'provider by name':
      return /^lib\/providers\/(outreach|envoy|outstand)\//.test(to)
    default:
      return rule.endsWith('!') ? target === rule.slice(0, -1) && !typeOnly : target === rule
  }
}

/** Rounds in the graph of rooms, by what is imported at run time: a house with stairs that lead back has no floors. */
export function roundsOfRooms(files: readonly SourceFile[]): string[] {
  const edges = new Map<string, Map<string, string>>()
  for (const file of files) {
    const from = roomOf(file.path)
    if (from === null) continue
    for (const { to, typeOnly } of file.imports) {
      const room = roomOf(to)
      if (room === null || room === from || typeOnly) continue
      const below = edges.get(from) ?? new Map<string, string>()
      edges.set(from, below.set(room, `${file.path} imports ${to}`))
    }
  }
  return [...edges.keys()].flatMap((room) => {
    const round = pathTo(room, room, edges, new Set())
    return round && room === [...round].sort()[0] ? [wordsOf(round, edges)] : []
  })
}

type Edges = ReadonlyMap<string, ReadonlyMap<string, string>>

function pathTo(from: string, goal: string, edges: Edges, seen: Set<string>): string[] | null {
  for (const next of edges.get(from)?.keys() ?? []) {
    if (next === goal) return [from]
    if (seen.has(next)) continue
    seen.add(next)
    const rest = pathTo(next, goal, edges, seen)
    if (rest) return [from, ...rest]
  }
  return null
}

function wordsOf(round: readonly string[], edges: Edges): string {
  const steps = round.map(
    (room, index) => edges.get(room)?.get(round[(index + 1) % round.length] ?? '') ?? room,
  )
  return `${[...round, round[0]].join(' → ')} (${steps.join('; ')})`
}
