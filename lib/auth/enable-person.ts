import { z } from 'zod'
import { writeAudit } from '../audit/write-audit'
import { requireRole, type UserActor } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import { lockPeople } from './people-lock'

const inputSchema = z.object({ userId: z.string() })

/**
 * Lets a disabled person sign in again, with the role they had; their old sessions stay ended. Role owner.
 *
 * @throws PatchbayError `forbidden`, `not_found`. ZodError
 */
export async function enablePerson(deps: Deps, actor: UserActor, input: unknown): Promise<void> {
  requireRole(actor, 'owner')
  const { userId } = inputSchema.parse(input)
  await deps.db.$transaction(async (tx) => {
    await lockPeople(tx)
    const user = await tx.user.findUnique({
      where: { id: userId },
      select: { email: true, role: true, disabledAt: true },
    })
    if (!user) throw new PatchbayError('not_found', 'There is no such person.')
    if (!user.disabledAt) return
    await tx.user.update({ where: { id: userId }, data: { disabledAt: null } })
    await writeAudit(tx, deps, actor, {
      action: 'user.enabled',
      subject: { kind: 'user', id: userId, name: user.email },
      detail: { role: user.role },
    })
  })
}
