import type { SandboxApp } from '../kernel/contract'
import { WHITE_LABEL_APP } from './apps'
import type { Outstand } from './outstand-parts'
import type { OutstandUser } from './state'

export const CONTACT_EVENTS = ['contact_create', 'contact_update', 'contact_delete'] as const
export type ContactEvent = (typeof CONTACT_EVENTS)[number]

/** The apps that hear of a user: those with a live grant of theirs, and the white label's for its own users. */
export function listeners({ apps, doorkeeper, store }: Outstand, userId: string): SandboxApp[] {
  const user = store.state.users.find(({ id }) => id === userId)
  const granted = new Set(
    doorkeeper
      .tokens()
      .filter((row) => row.ownerId === userId && doorkeeper.isLive(row))
      .map((row) => row.clientId),
  )
  return apps.filter(
    ({ key, clientId }) =>
      (clientId !== null && granted.has(clientId)) || (key === WHITE_LABEL_APP && user?.whiteLabel === true),
  )
}

/** The body of `user_status`. */
export function statusPayload(user: OutstandUser): Record<string, unknown> {
  return { username: user.username, status: user.status }
}

/** The body of a contact event; ids are text there. */
export function contactPayload(
  user: OutstandUser,
  event: ContactEvent,
  contactId: number,
): Record<string, unknown> {
  return {
    resource_type: 'Contact',
    resource_id: String(contactId),
    event,
    username: user.username,
    user_id: user.id,
    account_id: user.accountId,
  }
}

/** Sends `user_status` to all who listen. */
export function tellStatus(parts: Outstand, user: OutstandUser): void {
  for (const app of listeners(parts, user.id))
    parts.sender.send({ app, event: 'user_status', body: statusPayload(user) })
}

/** Sends a contact event to all who listen. */
export function tellContact(parts: Outstand, userId: string, event: ContactEvent, contactId: number): void {
  const user = parts.store.state.users.find(({ id }) => id === userId)
  if (user === undefined) return
  for (const app of listeners(parts, userId))
    parts.sender.send({ app, event, body: contactPayload(user, event, contactId) })
}
