/** People, companies and places of the sandbox's Envoy. They are fixed: only installs and tokens change. */
export type EnvoyCompany = { readonly id: string; readonly name: string; readonly createdAt: string }

export type EnvoyPerson = {
  readonly id: string
  readonly companyId: string
  readonly name: string
  readonly email: string
  /** For the password grant only; the sign-in page just lets one choose a person. */
  readonly password: string
  readonly role: 'Global Admin' | 'Location Admin' | 'Employee'
  /** Where a Location Admin may install; empty for the other roles. */
  readonly locationIds: readonly string[]
}

export type EnvoyLocation = {
  readonly id: string
  readonly companyId: string
  readonly name: string
  readonly address: string
  readonly city: string
  readonly country: string
  readonly timezone: string
}

export const COMPANIES: readonly EnvoyCompany[] = [
  { id: '100000', name: 'Harbor & Pine', createdAt: '2021-03-01T09:00:00.000Z' },
  { id: '100417', name: 'Aurora Robotics', createdAt: '2022-08-15T12:30:00.000Z' },
  { id: '100893', name: 'Maison Élan', createdAt: '2024-01-20T08:15:00.000Z' },
]

export const PEOPLE: readonly EnvoyPerson[] = [
  {
    id: '7001',
    companyId: '100000',
    name: 'Dana Whitfield',
    email: 'dana@harborpine.example',
    password: 'front desk + lobby',
    role: 'Global Admin',
    locationIds: [],
  },
  {
    id: '7002',
    companyId: '100000',
    name: 'Luis Ortega',
    email: 'luis@harborpine.example',
    password: 'badge printer 2',
    role: 'Employee',
    locationIds: [],
  },
  {
    id: '7005',
    companyId: '100000',
    name: 'Nora Feld',
    email: 'nora@harborpine.example',
    password: 'boise%20workshop',
    role: 'Location Admin',
    locationIds: ['20012'],
  },
  {
    id: '7003',
    companyId: '100417',
    name: 'Mei Tanaka',
    email: 'mei@aurora.example',
    password: 'robots & visitors',
    role: 'Global Admin',
    locationIds: [],
  },
  {
    id: '7004',
    companyId: '100893',
    name: 'Chloé Besson',
    email: 'chloe@maison-elan.example',
    password: 'accueil=3e étage',
    role: 'Global Admin',
    locationIds: [],
  },
]

export const LOCATIONS: readonly EnvoyLocation[] = [
  {
    id: '20011',
    companyId: '100000',
    name: 'Portland HQ',
    address: '410 Wharf Street',
    city: 'Portland',
    country: 'US',
    timezone: 'America/Los_Angeles',
  },
  {
    id: '20012',
    companyId: '100000',
    name: 'Boise Workshop',
    address: '9 Sawmill Road',
    city: 'Boise',
    country: 'US',
    timezone: 'America/Boise',
  },
  {
    id: '20031',
    companyId: '100417',
    name: 'Osaka Lab',
    address: '2-4 Nishi',
    city: 'Osaka',
    country: 'JP',
    timezone: 'Asia/Tokyo',
  },
  {
    id: '20051',
    companyId: '100893',
    name: 'Lyon',
    address: '18 rue des Tisseurs',
    city: 'Lyon',
    country: 'FR',
    timezone: 'Europe/Paris',
  },
]

export function findCompany(id: string): EnvoyCompany | undefined {
  return COMPANIES.find((company) => company.id === id)
}

export function findPerson(id: string): EnvoyPerson | undefined {
  return PEOPLE.find((person) => person.id === id)
}

export function findLocation(id: string): EnvoyLocation | undefined {
  return LOCATIONS.find((location) => location.id === id)
}

export function locationsOf(companyId: string): EnvoyLocation[] {
  return LOCATIONS.filter((location) => location.companyId === companyId)
}

export function peopleOf(companyId: string): EnvoyPerson[] {
  return PEOPLE.filter((person) => person.companyId === companyId)
}

/** Where a person may install and manage plugins: a Global Admin everywhere at the company, a Location Admin at some. */
export function managedLocations(person: EnvoyPerson): EnvoyLocation[] {
  const all = locationsOf(person.companyId)
  return person.role === 'Global Admin' ? all : all.filter((place) => person.locationIds.includes(place.id))
}
