/**
 * The companies and people of this Outreach. `id` is the number that the REST API shows, `guid` the string that install
 * payloads show: the documents do not say that the two are the same, so here they are not.
 */
export type Org = {
  readonly id: number
  readonly guid: string
  readonly name: string
  readonly shortname: string
  readonly timeZone: string
}

/** A person belongs to one org. Only admins can install apps. */
export type Person = {
  readonly id: number
  readonly orgId: number
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly admin: boolean
}

const harbourLane: Org = {
  id: 101,
  guid: '6f1c1f0e-52f4-4b0b-9d0c-7a9b2f5e0a11',
  name: 'Harbour Lane Software',
  shortname: 'harbourlane',
  timeZone: 'America/Los_Angeles',
}
const copperfield: Org = {
  id: 202,
  guid: 'c2b7d5a4-0d3e-4c55-8a3f-1e64b9f0c822',
  name: 'Copperfield Logistics',
  shortname: 'copperfield',
  timeZone: 'Europe/Berlin',
}
const juniperOak: Org = {
  id: 303,
  guid: '0b94e2d8-7c61-4d27-b1aa-95d3c07e6d33',
  name: 'Juniper & Oak Clinics',
  shortname: 'juniperoak',
  timeZone: 'Australia/Sydney',
}

export const ORGS: readonly Org[] = [harbourLane, copperfield, juniperOak]

/** The org that owns the ready-made apps: development credentials treat its people differently (seed 001). */
export const OWNING_ORG_ID = harbourLane.id

function person(id: number, org: Org, firstName: string, lastName: string, role: 'admin' | 'member'): Person {
  const email = `${firstName}.${lastName}@${org.shortname}.example`.toLowerCase()
  return { id, orgId: org.id, email, firstName, lastName, admin: role === 'admin' }
}

/** The owning org has twelve people, two more than development credentials serve without limit. */
export const PEOPLE: readonly Person[] = [
  person(1001, harbourLane, 'Mira', 'Solano', 'admin'),
  person(1002, harbourLane, 'Tom', 'Whitaker', 'member'),
  person(1003, harbourLane, 'Aiko', 'Tanaka', 'member'),
  person(1004, harbourLane, 'Ben', 'Castillo', 'member'),
  person(1005, harbourLane, 'Carla', 'Nunes', 'member'),
  person(1006, harbourLane, 'Dmitri', 'Volkov', 'member'),
  person(1007, harbourLane, 'Esther', 'Kimani', 'member'),
  person(1008, harbourLane, 'Felix', 'Bauer', 'member'),
  person(1009, harbourLane, 'Gita', 'Rao', 'member'),
  person(1010, harbourLane, 'Hugo', 'Lindqvist', 'member'),
  person(1011, harbourLane, 'Iris', 'Moreau', 'member'),
  person(1012, harbourLane, 'Jonas', 'Petrov', 'member'),
  person(2001, copperfield, 'Ines', 'Brandt', 'admin'),
  person(2002, copperfield, 'Omar', 'Haddad', 'member'),
  person(3001, juniperOak, 'Grace', 'Oyelaran', 'admin'),
  person(3002, juniperOak, 'Noah', 'Fletcher', 'member'),
]

/** The org with this REST id. */
export function orgById(id: number): Org | undefined {
  return ORGS.find((org) => org.id === id)
}

/** The person with this REST id. */
export function personById(id: number): Person | undefined {
  return PEOPLE.find((one) => one.id === id)
}

/** The person who signs in with this e-mail address. */
export function personByEmail(email: string): Person | undefined {
  return PEOPLE.find((one) => one.email === email.trim().toLowerCase())
}
