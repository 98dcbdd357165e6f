import { z } from 'zod'
import type { AttributeErrors } from './answers'
import { CONTACTS_COUNT, contactBase, groupOf, type Row } from './row-makers'
import {
  city,
  companyName,
  email,
  firstName,
  isoTime,
  lastName,
  letter,
  momentMs,
  phone,
  title,
} from './samples'
import type { OutstandState, StoredContact } from './state'

/** A person's contacts: 250 computed ones, less the deleted, with what the API changed and added. */
export function contactRows(state: OutstandState, ownerId: string): Row[] {
  const own = state.contacts.filter((contact) => contact.ownerId === ownerId)
  const changed = new Map(own.map((contact) => [contact.id, contact]))
  const base = contactBase(ownerId)
  const all = Array.from(
    { length: CONTACTS_COUNT },
    (_, n) => changed.get(base + 1 + n) ?? computed(ownerId, n),
  )
  const added = own.filter(({ id }) => id <= base || id > base + CONTACTS_COUNT)
  return [...all, ...added].filter(({ id }) => !state.deletedContactIds.includes(id)).map(toRow)
}

const text = z.string().trim().max(500)
const contactInput = z.object({
  first_name: text.optional(),
  middle_initial: text.nullish(),
  last_name: text.optional(),
  title: text.nullish(),
  company_name: text.nullish(),
  emails: z.array(z.object({ address: text.optional() })).optional(),
  phones: z.array(z.object({ number: text.optional() })).optional(),
})

export type SavedContact =
  | { readonly kind: 'saved'; readonly row: Row }
  | { readonly kind: 'invalid'; readonly errors: AttributeErrors }
  | { readonly kind: 'missing' }

/** POST /contacts.json. */
export function createContact(
  state: OutstandState,
  ownerId: string,
  json: unknown,
  nowMs: number,
): SavedContact {
  const id = state.nextContactId
  const blank = {
    id,
    ownerId,
    firstName: '',
    middleInitial: null,
    lastName: '',
    title: null,
    companyName: null,
    email: null,
    phone: null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  }
  const saved = save(state, blank, json, nowMs)
  if (saved.kind === 'saved') state.nextContactId += 1
  return saved
}

/** PUT /contacts/:id.json. */
export function updateContact(
  state: OutstandState,
  ownerId: string,
  id: number,
  json: unknown,
  nowMs: number,
): SavedContact {
  if (!contactRows(state, ownerId).some((row) => row.id === id)) return { kind: 'missing' }
  const before =
    state.contacts.find((contact) => contact.id === id) ?? computed(ownerId, id - contactBase(ownerId) - 1)
  return save(state, before, json, nowMs)
}

/** DELETE /contacts/:id.json; false when there is none. */
export function deleteContact(state: OutstandState, ownerId: string, id: number): boolean {
  if (!contactRows(state, ownerId).some((row) => row.id === id)) return false
  state.deletedContactIds.push(id)
  state.contacts = state.contacts.filter((contact) => contact.id !== id)
  return true
}

function save(state: OutstandState, before: StoredContact, json: unknown, nowMs: number): SavedContact {
  const read = contactInput.safeParse(json)
  if (!read.success) return { kind: 'invalid', errors: shapeErrors(read.error) }
  const input = read.data
  const contact: StoredContact = {
    ...before,
    firstName: input.first_name ?? before.firstName,
    middleInitial: input.middle_initial === undefined ? before.middleInitial : input.middle_initial,
    lastName: input.last_name ?? before.lastName,
    title: input.title === undefined ? before.title : input.title,
    companyName: input.company_name === undefined ? before.companyName : input.company_name,
    email: input.emails?.[0]?.address ?? before.email,
    phone: input.phones?.[0]?.number ?? before.phone,
    updatedAtMs: nowMs,
  }
  const blank = ["can't be blank"]
  const errors = {
    ...(contact.firstName === '' ? { first_name: blank } : {}),
    ...(contact.lastName === '' ? { last_name: blank } : {}),
  }
  if (Object.keys(errors).length > 0) return { kind: 'invalid', errors }
  state.contacts = [...state.contacts.filter(({ id }) => id !== contact.id), contact]
  return { kind: 'saved', row: toRow(contact) }
}

function shapeErrors(error: z.ZodError): AttributeErrors {
  return Object.fromEntries(error.issues.map((issue) => [String(issue.path[0] ?? 'base'), ['is invalid']]))
}

function computed(ownerId: string, n: number): StoredContact {
  return {
    id: contactBase(ownerId) + 1 + n,
    ownerId,
    firstName: firstName(n),
    middleInitial: letter(n),
    lastName: lastName(n),
    title: title(n),
    companyName: companyName(n),
    email: email(n),
    phone: phone(n),
    createdAtMs: momentMs(n),
    updatedAtMs: momentMs(n),
  }
}

function toRow(contact: StoredContact): Row {
  const n = contact.id % 1_000
  const initial = contact.middleInitial === null ? '' : ` ${contact.middleInitial}.`
  const group = groupOf(n, contactBase(contact.ownerId))
  return {
    id: contact.id,
    parents: { groups: group },
    json: {
      id: contact.id,
      full_name: `${contact.firstName}${initial} ${contact.lastName}`,
      first_name: contact.firstName,
      middle_initial: contact.middleInitial,
      last_name: contact.lastName,
      title: contact.title,
      company_name: contact.companyName,
      primary_phone: contact.phone,
      primary_email: contact.email,
      primary_address: {
        full_address: `${100 + n} Northwynd Circle, Suite B, ${city(n)}, Va, 24502, United States`,
        address_line_1: `${100 + n} Northwynd Circle`,
        address_line_2: 'Suite B',
        city: city(n),
        region: 'Va',
        postal_code: '24502',
        country: 'United States',
      },
      description: '',
      motives: '',
      questions_ideas_actions: '',
      favorites: '',
      friends_and_family: '',
      created_at: isoTime(contact.createdAtMs),
      updated_at: isoTime(contact.updatedAtMs),
    },
  }
}
