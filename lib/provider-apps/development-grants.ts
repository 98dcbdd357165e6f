/** People of the owning org whose development grants do not lapse (seed 001). */
export const freePeopleMax = 10
const lapseMs = 7 * 24 * 3_600_000

export type GrantOfPerson = {
  connectionId: string
  name: string
  /** `null`: the provider has not told who it is. */
  externalAccountId: string | null
  externalOrgId: string | null
  orgName: string | null
  consentAt: Date | null
}

/** Prisma's `select` of a connection for `grantOfPerson`. */
export const grantSelect = {
  id: true,
  label: true,
  accountName: true,
  externalAccountId: true,
  externalOrgId: true,
  orgName: true,
  consentAt: true,
} as const

type GrantRow = Omit<GrantOfPerson, 'connectionId' | 'name'> & {
  id: string
  label: string | null
  accountName: string
}

export function grantOfPerson(row: GrantRow): GrantOfPerson {
  const { id, label, accountName, externalAccountId, externalOrgId, orgName, consentAt } = row
  return {
    connectionId: id,
    name: label ?? accountName,
    externalAccountId,
    externalOrgId,
    orgName,
    consentAt,
  }
}

export type LapsingGrant = {
  connectionId: string
  name: string
  reason: 'other_org' | 'beyond_ten' | 'unknown_org'
  /** A week after consent; `null`: the consent's date is not known. */
  lapsesAt: Date | null
}

export type DevelopmentGrants = {
  /** People of the owning org; `null` while no owning org is entered. */
  ownPeople: number | null
  lapsing: LapsingGrant[]
}

/**
 * Which grants of development credentials lapse weekly: those of other orgs, and of the owning org's people those beyond ten. Outreach
 * does not say which of more than ten they are; the latest to consent are named.
 */
export function developmentGrants(
  owner: { id: string | null; name: string | null },
  grants: readonly GrantOfPerson[],
): DevelopmentGrants {
  if (!owner.id && !owner.name) return { ownPeople: null, lapsing: [] }
  const people = new Set<string>()
  const lapsing: LapsingGrant[] = []
  for (const grant of [...grants].sort(byConsent)) {
    const reason = lapseReason(owner, grant, people)
    if (reason === null) continue
    const { connectionId, name, consentAt } = grant
    const lapsesAt = consentAt && new Date(consentAt.getTime() + lapseMs)
    lapsing.push({ connectionId, name, reason, lapsesAt })
  }
  return { ownPeople: people.size, lapsing }
}

function lapseReason(
  owner: { id: string | null; name: string | null },
  grant: GrantOfPerson,
  people: Set<string>,
): LapsingGrant['reason'] | null {
  if (!grant.externalOrgId && !grant.orgName) return 'unknown_org'
  if (!isOwn(owner, grant)) return 'other_org'
  const person = grant.externalAccountId ?? grant.connectionId
  const isAmongTen = [...people].slice(0, freePeopleMax).includes(person)
  people.add(person)
  return isAmongTen || people.size <= freePeopleMax ? null : 'beyond_ten'
}

function isOwn(owner: { id: string | null; name: string | null }, grant: GrantOfPerson): boolean {
  if (owner.id && grant.externalOrgId) return owner.id === grant.externalOrgId
  return !!owner.name && owner.name.trim().toLowerCase() === grant.orgName?.trim().toLowerCase()
}

function byConsent(a: GrantOfPerson, b: GrantOfPerson): number {
  return (
    (a.consentAt?.getTime() ?? Number.POSITIVE_INFINITY) -
      (b.consentAt?.getTime() ?? Number.POSITIVE_INFINITY) || 0
  )
}
