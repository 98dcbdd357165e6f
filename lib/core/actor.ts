import { PatchbayError } from './errors'
import type { ProviderId } from './provider'

export const roles = ['viewer', 'admin', 'owner'] as const
export type Role = (typeof roles)[number]

/** Who does something: what a verb checks and the audit trail names. */
export type Actor =
  | { kind: 'user'; id: string; name: string; email: string; role: Role; sessionId: string }
  | { kind: 'provider'; provider: ProviderId; name: string }
  | { kind: 'key'; id: string; name: string }
  | { kind: 'visitor'; address: string }
  | { kind: 'system'; name: string }

export type UserActor = Extract<Actor, { kind: 'user' }>

/** Whether `actor` is a user of at least `role`; owner includes admin, admin includes viewer. */
export function hasRole(actor: Actor, role: Role): actor is UserActor {
  return actor.kind === 'user' && roles.indexOf(actor.role) >= roles.indexOf(role)
}

/** @throws PatchbayError `forbidden` unless `actor` is a user of at least `role` */
export function requireRole(actor: Actor, role: Role): UserActor {
  if (hasRole(actor, role)) return actor
  throw new PatchbayError('forbidden', `This needs the role ${role}.`, { role })
}

export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case 'user':
    case 'provider':
    case 'key':
    case 'system':
      return actor.name
    case 'visitor':
      return `visitor from ${actor.address}`
  }
}
