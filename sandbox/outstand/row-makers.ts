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
  title,
} from './samples'

/** A row of a collection. `parents` says under which records it is found too: `/contacts/:id/emails.json`. */
export type Row = {
  readonly id: number | string
  readonly parents: Readonly<Record<string, number>>
  readonly json: Readonly<Record<string, unknown>>
}

export const CONTACTS_COUNT = 250
export const GROUPS_COUNT = 6

/** The group that a contact is in. */
export function groupOf(contactId: number, base: number): number {
  return base + 1 + (contactId % GROUPS_COUNT)
}

/** The first of a person's contact ids: each person has their own thousand. */
export function contactBase(ownerId: string): number {
  return Number(ownerId) * 1_000
}

/** Makes the rows of one collection: `base` is the person's own thousand of ids. */
export type Maker = { readonly count: number; readonly row: (n: number, base: number) => Row }

/** The times of a row in ISO 8601. */
export const times = (n: number) => ({ created_at: isoTime(momentMs(n)), updated_at: isoTime(momentMs(n)) })
/** The times of the older documents, in epoch seconds. */
export const epochs = (n: number) => ({ created_at: epochS(n), updated_at: epochS(n) })
/** Children are spread over the first contacts, groups and orders. */
export const contactOf = (n: number, base: number) => base + 1 + (n % 40)
/** The parent of a row that belongs to a contact. */
export const ofContact = (n: number, base: number) => ({ contacts: contactOf(n, base) })
/** The ids of saved messages are hexadecimal. */
export const hex = (n: number) => `563bbc7c79e68b33510${String(n).padStart(5, '0')}`

/** A row that belongs to a contact. */
export function child(base: number, n: number, json: Record<string, unknown>): Row {
  const contact = contactOf(n, base)
  const id = base + 1 + n
  return {
    id,
    parents: ofContact(n, base),
    json: { id, ...json, ...times(n), contact: `/contacts/${contact}.json` },
  }
}

/** Notes and events belong to a contact or to a group. */
export function ofParent(base: number, n: number, json: Record<string, unknown>): Row {
  const id = base + 1 + n
  const inGroup = n % 3 === 2
  const parent = inGroup ? groupOf(n, base) : contactOf(n, base)
  const kind = inGroup ? 'groups' : 'contacts'
  return {
    id,
    parents: { [kind]: parent },
    json: { id, ...json, ...times(n), parent: `/${kind}/${parent}.json` },
  }
}

/** A row that belongs to the account. */
export function plain(id: number | string, json: Record<string, unknown>): Row {
  return { id, parents: {}, json: { id, ...json } }
}

/** The lines of an address. */
export const street = (n: number) => ({
  address_line_1: `${100 + n} Northwynd Circle`,
  address_line_2: 'Suite B',
  city: city(n),
})
/** The order that the n-th recipient, click or message belongs to. */
export const order = (n: number, base: number) => base + 1 + (n % 12)

/** Who a recipient or a click was. */
export function person(n: number) {
  return {
    first_name: firstName(n),
    middle_initial: letter(n),
    last_name: lastName(n),
    title: title(n),
    company_name: companyName(n),
    email: email(n),
  }
}
