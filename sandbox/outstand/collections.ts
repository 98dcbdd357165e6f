import { ACCOUNT_MAKERS } from './account-collections'
import { CONTACT_MAKERS } from './contact-collections'
import { contactBase, type Row } from './row-makers'

const MAKERS = { ...ACCOUNT_MAKERS, ...CONTACT_MAKERS }

/** All eighteen of seed 004, contacts among them. */
export const COLLECTION_NAMES: readonly string[] = ['contacts', ...Object.keys(MAKERS)]

/** The rows of one person's collection; undefined for an unknown one. Contacts are made in `contacts.ts`. */
export function computedRows(name: string, ownerId: string): Row[] | undefined {
  const maker = Object.hasOwn(MAKERS, name) ? MAKERS[name] : undefined
  if (maker === undefined) return undefined
  const base = contactBase(ownerId)
  return Array.from({ length: maker.count }, (_, n) => maker.row(n, base))
}
