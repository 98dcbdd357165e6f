import { z } from 'zod'
import { writeAudit } from '../audit/write-audit'
import { requireRole, roles, type UserActor } from '../core/actor'
import { PatchbayError } from '../core/errors'
import { newId } from '../core/ids'
import type { Deps } from '../deps'
import { newPersonSchema } from './new-person'
import { hashPassword } from './password'
import { lockPeople } from './people-lock'

const inputSchema = newPersonSchema.extend({ role: z.enum(roles, 'Choose a role.') })

/**
 * Makes an account with a password that its owner hands over; role owner.
 *
 * @param input name, email, role, password
 * @throws PatchbayError `forbidden`; `conflict` when the e-mail address is taken. ZodError
 */
export async function addPerson(deps: Deps, actor: UserActor, input: unknown): Promise<{ userId: string }> {
  requireRole(actor, 'owner')
  const { name, email, role, password } = inputSchema.parse(input)
  const passwordHash = await hashPassword(password)
  const now = deps.clock.now()
  const id = newId('user', now.getTime(), deps.random.bytes(10))
  await deps.db.$transaction(async (tx) => {
    await lockPeople(tx)
    const known = await tx.user.findUnique({ where: { email }, select: { name: true, disabledAt: true } })
    if (known) throw alreadyHere(known)
    await tx.user.create({ data: { id, name, email, role, passwordHash, createdAt: now } })
    await writeAudit(tx, deps, actor, {
      action: 'user.created',
      subject: { kind: 'user', id, name: email },
      detail: { role },
    })
  })
  return { userId: id }
}

function alreadyHere({ name, disabledAt }: { name: string; disabledAt: Date | null }): PatchbayError {
  const words = disabledAt
    ? `${name} has an account with this e-mail address; it is disabled. Enable it instead.`
    : `${name} has an account with this e-mail address already.`
  return new PatchbayError('conflict', words, { field: 'email' })
}
