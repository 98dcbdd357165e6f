import { z } from 'zod'
import { writeAudit } from '../audit/write-audit'
import { hasRole, requireRole, type UserActor } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Deps } from '../deps'

const inputSchema = z.object({ sessionId: z.string() })

/**
 * Ends a session, so that its browser has to sign in again: one's own with any role, another person's as owner.
 *
 * @throws PatchbayError `forbidden`; `not_found`, which is also what somebody who is no owner hears of another's. ZodError
 */
export async function endSession(deps: Deps, actor: UserActor, input: unknown): Promise<void> {
  requireRole(actor, 'viewer')
  const { sessionId } = inputSchema.parse(input)
  await deps.db.$transaction(async (tx) => {
    const session = await tx.session.findUnique({
      where: { id: sessionId },
      select: { userId: true, user: { select: { email: true } } },
    })
    if (!session || (session.userId !== actor.id && !hasRole(actor, 'owner'))) {
      throw new PatchbayError('not_found', 'There is no such session.')
    }
    const ended = await tx.session.updateMany({
      where: { id: sessionId, endedAt: null },
      data: { endedAt: deps.clock.now() },
    })
    if (ended.count === 0) return
    await writeAudit(tx, deps, actor, {
      action: 'session.ended',
      subject: { kind: 'session', id: sessionId, name: session.user.email },
    })
  })
}
