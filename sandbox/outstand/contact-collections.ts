import { child, type Maker, ofContact, ofParent, order, street } from './row-makers'
import { city, email, isoTime, momentMs, phone } from './samples'

/** What belongs to a contact, row by row as its document shows it (outstand/api-docs, endpoints/). */
export const CONTACT_MAKERS: Readonly<Record<string, Maker>> = {
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
}
