import { z } from 'zod'
import { writeAudit } from '../audit/write-audit'
import { requireRole, type UserActor } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import { lockPeople, requireAnotherOwner } from './people-lock'

const inputSchema = z.object({ userId: z.string() })

/**
 * Keeps a person out and ends all their sessions; what they did stays in the trail. Role owner.
 *
 * @throws PatchbayError `forbidden`, `not_found`; `conflict` for oneself and the last owner. ZodError
 */
export async function disablePerson(
  deps: Deps,
  actor: UserActor,
  input: unknown,
): Promise<{ sessionsEnded: number }> {
  requireRole(actor, 'owner')
  const { userId } = inputSchema.parse(input)
  if (userId === actor.id) throw new PatchbayError('conflict', 'Nobody can disable their own account.')
  return deps.db.$transaction(async (tx) => {
    await lockPeople(tx)
    const user = await tx.user.findUnique({
      where: { id: userId },
      select: { email: true, role: true, disabledAt: true },
    })
    if (!user) throw new PatchbayError('not_found', 'There is no such person.')
    if (user.disabledAt) return { sessionsEnded: 0 }
    if (user.role === 'owner') await requireAnotherOwner(tx, userId)
    const now = deps.clock.now()
    await tx.user.update({ where: { id: userId }, data: { disabledAt: now } })
    const ended = await tx.session.updateMany({
      where: { userId, endedAt: null, expiresAt: { gt: now } },
      data: { endedAt: now },
    })
    await writeAudit(tx, deps, actor, {
      action: 'user.disabled',
      subject: { kind: 'user', id: userId, name: user.email },
      detail: { sessionsEnded: ended.count },
    })
    return { sessionsEnded: ended.count }
  })
}
