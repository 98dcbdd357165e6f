import { z } from 'zod'
import { writeAudit } from '../audit/write-audit'
import { requireRole, roles, type UserActor } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import { lockPeople, requireAnotherOwner } from './people-lock'

const inputSchema = z.object({ userId: z.string(), role: z.enum(roles, 'Choose a role.') })

/**
 * Gives a person another role, from their next request on; role owner.
 *
 * @throws PatchbayError `forbidden`, `not_found`; `conflict` for the last owner. ZodError
 */
export async function changeRole(deps: Deps, actor: UserActor, input: unknown): Promise<void> {
  requireRole(actor, 'owner')
  const { userId, role } = inputSchema.parse(input)
  await deps.db.$transaction(async (tx) => {
    await lockPeople(tx)
    const user = await tx.user.findUnique({
      where: { id: userId },
      select: { email: true, role: true, disabledAt: true },
    })
    if (!user) throw new PatchbayError('not_found', 'There is no such person.')
    if (user.role === role) return
    if (user.role === 'owner' && !user.disabledAt) await requireAnotherOwner(tx, userId)
    await tx.user.update({ where: { id: userId }, data: { role } })
    await writeAudit(tx, deps, actor, {
      action: 'user.role_changed',
      subject: { kind: 'user', id: userId, name: user.email },
      detail: { before: user.role, role },
    })
  })
}
