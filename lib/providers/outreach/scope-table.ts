/** Verbs of a resource: all, delete, read, write. */
const adrw = ['all', 'delete', 'read', 'write'] as const
const arw = ['all', 'read', 'write'] as const
const r = ['read'] as const

type Verbs = readonly ('all' | 'delete' | 'read' | 'write' | 'aggregate')[]
type Resource = readonly [name: string, verbs: Verbs]

/** Resources that OAuth scopes name, in groups for the picker (providers.md 1.1; 188 scopes). */
export const oauthResources: Readonly<Record<string, readonly Resource[]>> = {
  'People and companies': [
    ['accounts', adrw],
    ['accountNotes', adrw],
    ['prospects', adrw],
    ['prospectNotes', adrw],
    ['emailAddresses', adrw],
    ['phoneNumbers', adrw],
    ['personas', adrw],
    ['stages', adrw],
    ['jobRoles', arw],
    ['favorites', adrw],
  ],
  'Opportunities and products': [
    ['opportunities', adrw],
    ['opportunityProspectRoles', adrw],
    ['opportunityStages', adrw],
    ['products', adrw],
    ['purchases', adrw],
  ],
  'Sequences and content': [
    ['sequences', adrw],
    ['sequenceStates', adrw],
    ['sequenceSteps', adrw],
    ['sequenceTemplates', adrw],
    ['templates', adrw],
    ['snippets', adrw],
    ['rulesets', adrw],
    ['recipients', adrw],
    ['contentCategories', adrw],
    ['contentCategoryMemberships', adrw],
    ['contentCategoryOwnerships', adrw],
  ],
  'Mail, calls and tasks': [
    ['mailings', arw],
    ['mailboxes', adrw],
    ['mailAliases', r],
    ['calls', adrw],
    ['callDispositions', adrw],
    ['callPurposes', adrw],
    ['kaiaRecordings', r],
    ['kaiaVoiceImports', ['write']],
    ['tasks', adrw],
    ['taskDispositions', adrw],
    ['taskPriorities', r],
    ['taskPurposes', adrw],
    ['events', arw],
  ],
  'Users and settings': [
    ['users', [...arw, 'aggregate']],
    ['teams', [...adrw, 'aggregate']],
    ['roles', adrw],
    ['profiles', adrw],
    ['duties', r],
    ['recordActorAssignments', adrw],
    ['orgSettings', arw],
    ['auditLogs', r],
    ['complianceRequests', arw],
  ],
  'Data and integration': [
    ['webhooks', adrw],
    ['imports', arw],
    ['batches', arw],
    ['batchItems', arw],
    ['customObjectRecords', adrw],
  ],
}

/** A scope that is no resource with a verb. */
export const bareScopes: Readonly<Record<string, readonly string[]>> = { 'Users and settings': ['scim'] }

/** What an S2S token reaches (providers.md 1.1; 44 scopes). */
export const s2sResources: readonly Resource[] = [
  ['accounts', adrw],
  ['auditLogs', r],
  ['calls', adrw],
  ['events', arw],
  ['imports', arw],
  ['kaiaRecordings', r],
  ['mailings', r],
  ['opportunities', adrw],
  ['prospects', adrw],
  ['sequences', adrw],
  ['sequenceStates', adrw],
  ['snippets', r],
  ['tasks', adrw],
  ['templates', r],
  ['users', r],
  ['webhooks', adrw],
]
