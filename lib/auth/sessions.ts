import { writeAudit } from '../audit/write-audit'
import type { Role, UserActor } from '../core/actor'
import { newId } from '../core/ids'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'

/** A session ends a week after its sign-in, whatever happens. */
export const sessionTtlS = 7 * 24 * 60 * 60
const seenEveryMs = 5 * 60 * 1000

export type SessionOrigin = { userAgent: string | null; address: string | null }

type Person = Pick<UserActor, 'id' | 'name' | 'email' | 'role'>

/** Opens a session for somebody who has just proved who they are, with the trail's row of it. @returns its id, the JWT's `sid` */
export async function openSession(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'random'>,
  person: Person,
  origin: SessionOrigin,
): Promise<string> {
  const now = deps.clock.now()
  const id = newId('session', now.getTime(), deps.random.bytes(10))
  const expiresAt = new Date(now.getTime() + sessionTtlS * 1000)
  await tx.session.create({
    data: {
      id,
      userId: person.id,
      createdAt: now,
      lastSeenAt: now,
      expiresAt,
      userAgent: origin.userAgent?.slice(0, 300) ?? null,
      address: origin.address,
    },
  })
  await writeAudit(
    tx,
    deps,
    { kind: 'user', ...person, sessionId: id },
    {
      action: 'session.opened',
      subject: { kind: 'session', id, name: person.email },
    },
  )
  return id
}

/** @returns who the session belongs to, `null` when it ended, expired, or the person was disabled */
export async function sessionActor(
  deps: Pick<Deps, 'clock' | 'db'>,
  sessionId: string,
): Promise<UserActor | null> {
  const now = deps.clock.now()
  const session = await deps.db.session.findFirst({
    where: { id: sessionId, endedAt: null, expiresAt: { gt: now }, user: { disabledAt: null } },
    select: {
      lastSeenAt: true,
      user: { select: { id: true, name: true, email: true, role: true } },
    },
  })
  if (!session) return null
  if (now.getTime() - session.lastSeenAt.getTime() > seenEveryMs) {
    await deps.db.session.updateMany({ where: { id: sessionId }, data: { lastSeenAt: now } })
  }
  const { id, name, email } = session.user
  const role: Role = session.user.role
  return { kind: 'user', id, name, email, role, sessionId }
}

/** Ends a session at sign-out; one that is over already stays as it is. */
export async function closeSession(
  deps: Pick<Deps, 'clock' | 'random' | 'db'>,
  sessionId: string,
): Promise<void> {
  const actor = await sessionActor(deps, sessionId)
  if (!actor) return
  await deps.db.$transaction(async (tx) => {
    const ended = await tx.session.updateMany({
      where: { id: sessionId, endedAt: null },
      data: { endedAt: deps.clock.now() },
    })
    if (ended.count === 0) return
    await writeAudit(tx, deps, actor, {
      action: 'session.closed',
      subject: { kind: 'session', id: sessionId, name: actor.email },
    })
  })
}
