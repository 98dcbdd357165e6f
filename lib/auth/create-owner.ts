import { z } from 'zod'
import { writeAudit } from '../audit/write-audit'
import { PatchbayError } from '../core/errors'
import { newId } from '../core/ids'
import { Secret } from '../core/secret'
import type { Deps } from '../deps'
import { hashSetupToken } from './first-run'
import { hashPassword, passwordLengthMax, passwordLengthMin } from './password'

/** What a new account with a password is made of. */
export const newPersonSchema = z.object({
  name: z.string('Enter a name.').trim().min(1, 'Enter a name.').max(100, 'Use 100 characters at most.'),
  email: z.email('Enter an e-mail address.').trim().toLowerCase().max(320),
  password: z
    .string('Enter a password.')
    .min(passwordLengthMin, `Use ${passwordLengthMin} characters at least.`)
    .max(passwordLengthMax, `Use ${passwordLengthMax} characters at most.`)
    .transform(Secret.of),
})
export type NewPerson = z.infer<typeof newPersonSchema>

/** Any number of its own: two set-up forms sent at once make one owner. */
const firstOwnerLock = 7_272_005

/**
 * Makes the first owner with the one-time link, and ends the link.
 *
 * @param person as parsed by `newPersonSchema`
 * @throws PatchbayError `forbidden` when the link was used, ended, or is not needed any more
 */
export async function createFirstOwner(deps: Deps, person: NewPerson, token: Secret): Promise<void> {
  await makeOwner(deps, person, hashSetupToken(token))
}

/** @param tokenHash of the set-up link that allows it; left out where the environment names the owner */
export async function makeOwner(deps: Deps, person: NewPerson, tokenHash?: string): Promise<void> {
  const passwordHash = await hashPassword(person.password)
  const now = deps.clock.now()
  const id = newId('user', now.getTime(), deps.random.bytes(10))
  await deps.db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${firstOwnerLock})`
    const used = tokenHash
      ? await tx.setupLink.updateMany({
          where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
          data: { usedAt: now },
        })
      : null
    const people = await tx.user.count({ take: 1 })
    if (people > 0) {
      // Two processes of a new installation may both read the same environment.
      if (!tokenHash) return
      throw new PatchbayError('forbidden', 'There is an owner already. Sign in, or ask them for an account.')
    }
    if (used?.count === 0) {
      throw new PatchbayError('forbidden', 'This set-up link has ended. Restart Patchbay to get a new one.')
    }
    const { name, email } = person
    await tx.user.create({ data: { id, name, email, role: 'owner', passwordHash, createdAt: now } })
    await writeAudit(
      tx,
      deps,
      { kind: 'system', name: tokenHash ? 'set-up link' : 'environment' },
      {
        action: 'user.created',
        subject: { kind: 'user', id, name: email },
        detail: { role: 'owner' },
      },
    )
  })
}
