import {
  CONTACTS_COUNT,
  contactOf,
  epochs,
  GROUPS_COUNT,
  hex,
  type Maker,
  order,
  person,
  plain,
  street,
  times,
} from './row-makers'
import { city, email, epochS, firstName, isoTime, lastName, letter, momentMs, title } from './samples'

/** What belongs to the account, row by row as its document shows it (outstand/api-docs, endpoints/). */
export const ACCOUNT_MAKERS: Readonly<Record<string, Maker>> = {
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
  groups: {
    count: GROUPS_COUNT,
    row: (n, base) =>
      plain(base + 1 + n, {
        name: `Group ${letter(n)}`,
        contacts_count: Math.floor((CONTACTS_COUNT - n) / GROUPS_COUNT) + (n === 0 ? 0 : 1),
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
