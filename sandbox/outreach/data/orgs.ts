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

export const ORGS: readonly Org[] = [
  {
    id: 101,
    guid: '6f1c1f0e-52f4-4b0b-9d0c-7a9b2f5e0a11',
    name: 'Harbour Lane Software',
    shortname: 'harbourlane',
    timeZone: 'America/Los_Angeles',
  },
  {
    id: 202,
    guid: 'c2b7d5a4-0d3e-4c55-8a3f-1e64b9f0c822',
    name: 'Copperfield Logistics',
    shortname: 'copperfield',
    timeZone: 'Europe/Berlin',
  },
  {
    id: 303,
    guid: '0b94e2d8-7c61-4d27-b1aa-95d3c07e6d33',
    name: 'Juniper & Oak Clinics',
    shortname: 'juniperoak',
    timeZone: 'Australia/Sydney',
  },
]

/** The org that owns the ready-made apps: development credentials treat its people differently (seed 001). */
export const OWNING_ORG_ID = 101

export const PEOPLE: readonly Person[] = [
  {
    id: 1001,
    orgId: 101,
    email: 'mira.solano@harbourlane.example',
    firstName: 'Mira',
    lastName: 'Solano',
    admin: true,
  },
  {
    id: 1002,
    orgId: 101,
    email: 'tom.whitaker@harbourlane.example',
    firstName: 'Tom',
    lastName: 'Whitaker',
    admin: false,
  },
  {
    id: 2001,
    orgId: 202,
    email: 'ines.brandt@copperfield.example',
    firstName: 'Ines',
    lastName: 'Brandt',
    admin: true,
  },
  {
    id: 2002,
    orgId: 202,
    email: 'omar.haddad@copperfield.example',
    firstName: 'Omar',
    lastName: 'Haddad',
    admin: false,
  },
  {
    id: 3001,
    orgId: 303,
    email: 'grace.oyelaran@juniperoak.example',
    firstName: 'Grace',
    lastName: 'Oyelaran',
    admin: true,
  },
]
