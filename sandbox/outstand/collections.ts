import {
  city,
  companyName,
  email,
  epochS,
  firstName,
  isoTime,
  lastName,
  letter,
  momentMs,
  phone,
  title,
} from './samples'

/** A row of a collection. `parents` says under which records it is found too: `/contacts/:id/emails.json`. */
export type Row = {
  readonly id: number | string
  readonly parents: Readonly<Record<string, number>>
  readonly json: Readonly<Record<string, unknown>>
}

export const CONTACTS_COUNT = 250

/** The first of a person's contact ids: each person has their own thousand. */
export function contactBase(ownerId: string): number {
  return Number(ownerId) * 1_000
}

type Maker = { readonly count: number; readonly row: (n: number, base: number) => Row }

const times = (n: number) => ({ created_at: isoTime(momentMs(n)), updated_at: isoTime(momentMs(n)) })
const epochs = (n: number) => ({ created_at: epochS(n), updated_at: epochS(n) })
/** Children are spread over the first contacts, groups and orders. */
const contactOf = (n: number, base: number) => base + 1 + (n % 40)
const ofContact = (n: number, base: number) => ({ contacts: contactOf(n, base) })
const hex = (n: number) => `563bbc7c79e68b33510${String(n).padStart(5, '0')}`

function child(base: number, n: number, json: Record<string, unknown>): Row {
  const contact = contactOf(n, base)
  const id = base + 1 + n
  return {
    id,
    parents: ofContact(n, base),
    json: { id, ...json, ...times(n), contact: `/contacts/${contact}.json` },
  }
}

/** Notes and events belong to a contact or to a group. */
function ofParent(base: number, n: number, json: Record<string, unknown>): Row {
  const id = base + 1 + n
  const inGroup = n % 3 === 2
  const parent = inGroup ? base + 1 + (n % 6) : contactOf(n, base)
  const kind = inGroup ? 'groups' : 'contacts'
  return {
    id,
    parents: { [kind]: parent },
    json: { id, ...json, ...times(n), parent: `/${kind}/${parent}.json` },
  }
}

function plain(id: number | string, json: Record<string, unknown>): Row {
  return { id, parents: {}, json: { id, ...json } }
}

const street = (n: number) => ({
  address_line_1: `${100 + n} Northwynd Circle`,
  address_line_2: 'Suite B',
  city: city(n),
})
const order = (n: number, base: number) => base + 1 + (n % 12)

/** The collections other than contacts, row by row as their documents show them (outstand/api-docs, endpoints/). */
const MAKERS: Readonly<Record<string, Maker>> = {
  channels: {
    count: 5,
    row: (n) => {
      const name = `Channel ${n + 1}`
      const subscribed_at = n % 2 === 0 ? isoTime(momentMs(n)) : null
      return {
        id: `channel-${n + 1}`,
        parents: {},
        json: {
          id: n + 1,
          name,
          slug: `channel-${n + 1}`,
          description: `About ${name}.`,
          subscribed_at,
          ...times(n),
        },
      }
    },
  },
  addresses: {
    count: 120,
    row: (n, base) =>
      child(base, n, {
        full_address: `${100 + n} Northwynd Circle, Suite B, ${city(n)}, Va, 24502, United States`,
        ...street(n),
        state_region_province: 'Va',
        postal_code: '24502',
        country: 'United States',
        location: ['Work', 'Home', 'Other'][n % 3],
      }),
  },
  emails: { count: 180, row: (n, base) => child(base, n, { address: email(n) }) },
  phones: {
    count: 160,
    row: (n, base) => child(base, n, { number: phone(n), location: ['Work', 'Mobile', 'Fax'][n % 3] }),
  },
  messages: {
    count: 60,
    row: (n, base) => ({
      id: base + 1 + n,
      parents: ofContact(n, base),
      json: {
        id: base + 1 + n,
        order_id: order(n, base),
        subject: `A word about ${city(n)}`,
        template_name: 'Email Greeting',
        message_url: null,
        scheduled_for: isoTime(momentMs(n)),
        sent_at: isoTime(momentMs(n)),
        opened_at: n % 2 === 0 ? isoTime(momentMs(n + 1)) : null,
        opens: n % 4,
        clicks: n % 3,
        bounce_code: null,
        unsubscribed_at: null,
        spam_report_at: null,
      },
    }),
  },
  web_addresses: {
    count: 45,
    row: (n, base) =>
      child(base, n, {
        url: `https://people.example/${n + 1}`,
        url_type: n % 2 === 0 ? 'Website' : 'LinkedIn',
      }),
  },
  groups: {
    count: 6,
    row: (n, base) =>
      plain(base + 1 + n, {
        name: `Group ${letter(n)}`,
        contacts_count: CONTACTS_COUNT / 10,
        ...times(n),
        contacts: `/groups/${base + 1 + n}/contacts.json`,
      }),
  },
  orders: {
    count: 12,
    row: (n, base) =>
      plain(base + 1 + n, {
        template_name: 'Branded Email',
        subject: `News from ${city(n)}`,
        copy_self: false,
        total_price: 0,
        recipients_count: 10,
        opens: n,
        clicks: n % 5,
        bounces: 0,
        unsubscribes: 0,
        scheduled_for: epochS(n),
        ...epochs(n),
      }),
  },
  recipients: {
    count: 120,
    row: (n, base) => ({
      id: base + 1 + n,
      parents: { orders: order(n, base) },
      json: {
        id: base + 1 + n,
        ...person(n),
        ...street(n),
        region: 'Va',
        postal_code: '24502',
        country: 'United States',
        cc: false,
        bcc: false,
        clicks: n % 3,
        views: n % 7,
        viewed_at: epochS(n),
        bounced: false,
        unsubscribed_at: null,
        sent_at: epochS(n),
        ...epochs(n),
        parent: `/orders/${order(n, base)}.json`,
        contact: `/contacts/${contactOf(n, base)}.json`,
      },
    }),
  },
  clicks: {
    count: 40,
    row: (n, base) => ({
      id: base + 1 + n,
      parents: { orders: order(n, base) },
      json: {
        id: base + 1 + n,
        ...person(n),
        clicks: 1 + (n % 3),
        url: `https://people.example/offer/${n + 1}`,
        ...epochs(n),
        parent: `/orders/${order(n, base)}.json`,
        recipient: `/recipients/${base + 1 + n}.json`,
      },
    }),
  },
  notes: {
    count: 90,
    row: (n, base) => ofParent(base, n, { title: `Note ${n + 1}`, text: 'Met for lunch.' }),
  },
  events: {
    count: 75,
    row: (n, base) =>
      ofParent(base, n, {
        time: isoTime(momentMs(n + 400)),
        category_name: n % 2 === 0 ? 'Birthday' : 'Follow-up',
        category_id: 1 + (n % 2),
        details: '',
      }),
  },
  event_categories: {
    count: 4,
    row: (n) => plain(n + 1, { name: ['Birthday', 'Follow-up', 'Anniversary', 'Meeting'][n], ...times(n) }),
  },
  profiles: {
    count: 2,
    row: (n, base) =>
      plain(base + 1 + n, {
        profile_name: n === 0 ? 'Default Profile' : 'Second Profile',
        full_name: `${firstName(n)} ${lastName(n)}`,
        email: email(n),
        title: title(n),
        photo: null,
        logo: null,
        color: '#a20a0a',
        full_address: `${100 + n} Northwynd Circle, ${city(n)}, VA, 24502, United States`,
        ...street(n),
        state_region_province: 'VA',
        postal_code: '24502',
        country: 'United States',
      }),
  },
  saved_messages: {
    count: 14,
    row: (n) =>
      plain(hex(n), {
        name: `Greeting ${n + 1}`,
        subject: 'Happy holidays!',
        template_slug: 'email-greeting',
        categories: ['Holidays'],
        share_code: `21fd6657ef${String(n).padStart(6, '0')}`,
        price: null,
        main_graphic_url: null,
        areas: {},
        attachments: [],
        ...times(n),
        template_thumbnail_url: null,
      }),
  },
  quick_messages: {
    count: 3,
    row: (n, base) =>
      plain(base + 1 + n, {
        contact_id: contactOf(n, base),
        profile_id: base + 1,
        saved_message_id: hex(n),
        ...times(n),
      }),
  },
  templates: {
    count: 8,
    row: (n) => {
      const name = ['Email Greeting', 'Branded Email', 'Newsletter', 'Postcard'][n % 4] ?? ''
      const slug = `${name.toLowerCase().replaceAll(' ', '-')}-${n + 1}`
      return { id: slug, parents: {}, json: { name, slug, format: n % 4 === 3 ? 'print' : 'electronic' } }
    },
  },
}

function person(n: number) {
  return {
    first_name: firstName(n),
    middle_initial: letter(n),
    last_name: lastName(n),
    title: title(n),
    company_name: companyName(n),
    email: email(n),
  }
}

/** All eighteen of seed 004, contacts among them. */
export const COLLECTION_NAMES: readonly string[] = ['contacts', ...Object.keys(MAKERS)]

/** The rows of one person's collection; undefined for an unknown one. Contacts are made in `contacts.ts`. */
export function computedRows(name: string, ownerId: string): Row[] | undefined {
  const maker = Object.hasOwn(MAKERS, name) ? MAKERS[name] : undefined
  if (maker === undefined) return undefined
  const base = contactBase(ownerId)
  return Array.from({ length: maker.count }, (_, n) => maker.row(n, base))
}
