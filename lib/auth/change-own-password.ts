import { z } from 'zod'
import { writeAudit } from '../audit/write-audit'
import { requireRole, type UserActor } from '../core/actor'
import { PatchbayError } from '../core/errors'
import { Secret } from '../core/secret'
import type { Deps } from '../deps'
import { newPasswordSchema } from './new-person'
import { hashPassword, verifyPassword } from './password'
import { countAttempt } from './throttle'

const inputSchema = z.object({
  currentPassword: z
    .string('Enter your current password.')
    .min(1, 'Enter your current password.')
    .max(1_000)
    .transform(Secret.of),
  password: newPasswordSchema,
})

const attempts = { limit: 10, windowMs: 15 * 60 * 1000 }

/**
 * Changes one's own password and ends one's other sessions: whoever knew the old one is out. Any role.
 *
 * @param input currentPassword, password
 * @throws PatchbayError `too_many_requests` after 10 tries in 15 minutes; `invalid_input` when the current password is wrong;
 * `conflict` for a person who signs in without one. ZodError
 */
export async function changeOwnPassword(
  deps: Deps,
  actor: UserActor,
  input: unknown,
): Promise<{ sessionsEnded: number }> {
  requireRole(actor, 'viewer')
  const { currentPassword, password } = inputSchema.parse(input)
  const { allowed } = await countAttempt(deps, `password:${actor.id}`, attempts)
  if (!allowed) {
    throw new PatchbayError('too_many_requests', 'Too many tries. Wait a few minutes, then try again.')
  }
  const user = await deps.db.user.findUnique({
    where: { id: actor.id },
    select: { email: true, passwordHash: true },
  })
  if (!user?.passwordHash) {
    throw new PatchbayError('conflict', 'You sign in without a password, so there is none to change.')
  }
  if (!(await verifyPassword(user.passwordHash, currentPassword))) {
    throw new PatchbayError('invalid_input', 'This is not your current password.', {
      field: 'currentPassword',
    })
  }
  if (currentPassword.reveal() === password.reveal()) {
    throw new PatchbayError('invalid_input', 'This is the password you have.', { field: 'password' })
  }
  const passwordHash = await hashPassword(password)
  return deps.db.$transaction(async (tx) => {
    // The hash that was checked must still be there: of two changes at once the second must know the new password.
    const changed = await tx.user.updateMany({
      where: { id: actor.id, passwordHash: user.passwordHash, disabledAt: null },
      data: { passwordHash },
    })
    if (changed.count === 0) throw new PatchbayError('conflict', 'Your password was changed meanwhile.')
    const now = deps.clock.now()
    const ended = await tx.session.updateMany({
      where: { userId: actor.id, id: { not: actor.sessionId }, endedAt: null, expiresAt: { gt: now } },
      data: { endedAt: now },
    })
    await writeAudit(tx, deps, actor, {
      action: 'user.password_changed',
      subject: { kind: 'user', id: actor.id, name: user.email },
      detail: { sessionsEnded: ended.count },
    })
    return { sessionsEnded: ended.count }
  })
}
