import { ORGS, type Org, type Person } from '../data/orgs'

export type Attributes = Readonly<Record<string, unknown>>

/** One collection of the REST API. `path` is also the name before the dot of its scopes. */
export type Resource = {
  readonly path: string
  readonly type: string
  /** Whether POST, PATCH and DELETE exist. */
  readonly writable: boolean
  /** Attributes that a new record cannot do without. */
  readonly required: readonly string[]
  /** How many records an org starts with. */
  readonly size: number
  /** The attributes of an org's n-th record, counted from 0. */
  readonly sample: (org: Org, n: number) => Attributes
}

export type ApiRecord = { readonly id: number; readonly attributes: Attributes }

const firstNames = ['Ada', 'Bruno', 'Chiara', 'Dev', 'Elif', 'Farah', 'Goran', 'Hana', 'Ivo', 'Jun']
const lastNames = ['Abara', 'Bianchi', 'Castell', 'Dufour', 'Eriksen', 'Fontaine', 'Gallo', 'Horvat', 'Ito']
const companies = [
  'Alder',
  'Beacon',
  'Cobalt',
  'Drift',
  'Ember',
  'Fjord',
  'Garnet',
  'Heron',
  'Indigo',
  'Juno',
]
const trades = ['Foods', 'Freight', 'Labs', 'Media', 'Robotics', 'Textiles', 'Travel']

const pick = (list: readonly string[], n: number): string => list[n % list.length] ?? ''
const company = (n: number): string =>
  `${pick(companies, n)} ${pick(trades, Math.floor(n / companies.length) + n)}`
const stamp = (n: number): string => new Date(Date.UTC(2025, 0, 6, 8) + n * 5_400_000).toISOString()
const stamps = (n: number) => ({ createdAt: stamp(n), updatedAt: stamp(n + 40) })

function resource(
  path: string,
  type: string,
  size: number,
  sample: Resource['sample'],
  required: readonly string[] | 'read-only',
): Resource {
  const writable = required !== 'read-only'
  return { path, type, size, sample, writable, required: writable ? required : [] }
}

/** The collections of this Outreach; users come from the people themselves (`recordOfPerson`). */
export const RESOURCES: readonly Resource[] = [
  resource('users', 'user', 0, () => ({}), 'read-only'),
  resource(
    'accounts',
    'account',
    120,
    (_org, n) => ({
      name: company(n),
      domain: `${pick(companies, n).toLowerCase()}${n}.example`,
      numberOfEmployees: 20 + ((n * 37) % 900),
      ...stamps(n),
    }),
    ['name'],
  ),
  resource(
    'prospects',
    'prospect',
    160,
    (org, n) => ({
      firstName: pick(firstNames, n),
      lastName: pick(lastNames, n),
      emails: [
        `${pick(firstNames, n)}.${pick(lastNames, n)}.${n}@${org.shortname}-leads.example`.toLowerCase(),
      ],
      title: n % 3 === 0 ? 'Head of Operations' : 'Buyer',
      ...stamps(n),
    }),
    [],
  ),
  resource(
    'sequences',
    'sequence',
    8,
    (_org, n) => ({ name: `Sequence ${n + 1}`, enabled: n % 4 !== 3, ...stamps(n) }),
    ['name'],
  ),
  resource(
    'sequenceStates',
    'sequenceState',
    30,
    (_org, n) => ({ state: n % 5 === 0 ? 'finished' : 'active', ...stamps(n) }),
    [],
  ),
  resource(
    'mailings',
    'mailing',
    70,
    (_org, n) => ({ subject: `Following up on ${company(n)}`, state: 'delivered', ...stamps(n) }),
    'read-only',
  ),
  resource(
    'tasks',
    'task',
    25,
    (_org, n) => ({ action: n % 2 === 0 ? 'call' : 'email', state: 'incomplete', ...stamps(n) }),
    ['action'],
  ),
  resource(
    'calls',
    'call',
    15,
    (_org, n) => ({ direction: n % 2 === 0 ? 'outbound' : 'inbound', ...stamps(n) }),
    ['direction'],
  ),
  resource(
    'templates',
    'template',
    12,
    (_org, n) => ({ name: `Template ${n + 1}`, shareType: 'shared', ...stamps(n) }),
    'read-only',
  ),
  resource('snippets', 'snippet', 6, (_org, n) => ({ name: `Snippet ${n + 1}`, ...stamps(n) }), 'read-only'),
  resource(
    'opportunities',
    'opportunity',
    18,
    (_org, n) => ({ name: `${company(n)} renewal`, amount: 5_000 + n * 750, ...stamps(n) }),
    ['name'],
  ),
  resource(
    'stages',
    'stage',
    5,
    (_org, n) => ({ name: `Stage ${n + 1}`, order: n, ...stamps(n) }),
    'read-only',
  ),
]

/** The records an org starts with. Ids are unique across orgs, as they are at Outreach. */
export function sampleRecords(kind: Resource, org: Org): ApiRecord[] {
  const base = (ORGS.indexOf(org) + 1) * 100_000
  return Array.from({ length: kind.size }, (_, n) => ({ id: base + n + 1, attributes: kind.sample(org, n) }))
}

/** A person as the `users` collection shows them. */
export function recordOfPerson(person: Person): ApiRecord {
  const { id, email, firstName, lastName } = person
  const name = `${firstName} ${lastName}`
  return { id, attributes: { email, firstName, lastName, name, locked: false, ...stamps(id) } }
}
