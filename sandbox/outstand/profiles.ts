import { computedRows } from './collections'
import type { Row } from './row-makers'
import type { OutstandUser } from './state'

/** A user's profiles, under the user's own name and address: what a program shows of the account it is connected to. */
export function profileRows(user: OutstandUser): Row[] {
  const own = { full_name: `${user.firstName} ${user.lastName}`, email: user.email }
  return (computedRows('profiles', user.id) ?? []).map((row) => ({ ...row, json: { ...row.json, ...own } }))
}
