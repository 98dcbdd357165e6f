/**
 * The scope catalogue of Outreach's REST API and its two odd rules: scopes do not add up (`write` does not include
 * `read`), and `.all` covers every verb of its resource (providers.md 1.1).
 */
const four = ['all', 'delete', 'read', 'write']
const noDelete = ['all', 'read', 'write']

const verbsByResource: Readonly<Record<string, readonly string[]>> = {
  accountNotes: four,
  accounts: four,
  auditLogs: ['read'],
  batchItems: noDelete,
  batches: noDelete,
  callDispositions: four,
  callPurposes: four,
  calls: four,
  complianceRequests: noDelete,
  contentCategories: four,
  contentCategoryMemberships: four,
  contentCategoryOwnerships: four,
  customObjectRecords: four,
  duties: ['read'],
  emailAddresses: four,
  events: noDelete,
  favorites: four,
  imports: noDelete,
  jobRoles: noDelete,
  kaiaRecordings: ['read'],
  kaiaVoiceImports: ['write'],
  mailAliases: ['read'],
  mailboxes: four,
  mailings: noDelete,
  opportunities: four,
  opportunityProspectRoles: four,
  opportunityStages: four,
  orgSettings: noDelete,
  personas: four,
  phoneNumbers: four,
  products: four,
  profiles: four,
  prospectNotes: four,
  prospects: four,
  purchases: four,
  recipients: four,
  recordActorAssignments: four,
  roles: four,
  rulesets: four,
  sequenceStates: four,
  sequenceSteps: four,
  sequenceTemplates: four,
  sequences: four,
  snippets: four,
  stages: four,
  taskDispositions: four,
  taskPriorities: ['read'],
  taskPurposes: four,
  tasks: four,
  teams: [...four, 'aggregate'],
  templates: four,
  users: [...noDelete, 'aggregate'],
  webhooks: four,
}

const s2sVerbsByResource: Readonly<Record<string, readonly string[]>> = {
  accounts: four,
  auditLogs: ['read'],
  calls: four,
  events: noDelete,
  imports: noDelete,
  kaiaRecordings: ['read'],
  mailings: ['read'],
  opportunities: four,
  prospects: four,
  sequences: four,
  sequenceStates: four,
  snippets: ['read'],
  tasks: four,
  templates: ['read'],
  users: ['read'],
  webhooks: four,
}

/** The older platform's scopes (seed 002) and the scopes of today's API that each one opens. */
const legacyGrants: Readonly<Record<string, readonly string[]>> = {
  create_prospect: ['prospects.write'],
  read_prospect: ['prospects.read'],
  update_prospect: ['prospects.write'],
  create_sequence: ['sequences.write'],
  read_sequence: ['sequences.read'],
  update_sequence: ['sequences.write'],
}

function flatten(table: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.entries(table).flatMap(([resource, verbs]) => verbs.map((verb) => `${resource}.${verb}`))
}

/** Every scope of the REST API: 188. */
export const ALL_SCOPES: readonly string[] = [...flatten(verbsByResource), 'scim']
/** The part of them that an S2S token can hold: 44. */
export const S2S_SCOPES: readonly string[] = flatten(s2sVerbsByResource)
/** The six scopes of the older platform document. */
export const LEGACY_SCOPES: readonly string[] = Object.keys(legacyGrants)

/**
 * True when `granted` opens the operation that needs `needed` (`<resource>.<verb>`): by the same scope, by the
 * resource's `.all`, or by an older scope that stands for one of these.
 */
export function coversScope(granted: readonly string[], needed: string): boolean {
  const open = granted.flatMap((scope) => [scope, ...(legacyGrants[scope] ?? [])])
  const resource = needed.slice(0, needed.indexOf('.'))
  return open.includes(needed) || open.includes(`${resource}.all`)
}
