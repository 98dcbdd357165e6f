import { writeAudit } from '../audit/write-audit'
import { PatchbayError } from '../core/errors'
import { newId } from '../core/ids'
import type { Secret } from '../core/secret'
import type { Deps } from '../deps'
import { hashSetupToken, isSetupTokenGood } from './first-run'
import type { NewPerson } from './new-person'
import { hashPassword } from './password'
import { lockPeople } from './people-lock'

/**
 * Makes the first owner with the one-time link, and ends the link.
 *
 * @param person as parsed by `newPersonSchema`
 * @throws PatchbayError `forbidden` when the link was used, ended, or is not needed any more
 */
export async function createFirstOwner(deps: Deps, person: NewPerson, token: Secret): Promise<void> {
  // Anybody may call this, so the work of a password hash is done only for a token that is good so far.
  if (!(await isSetupTokenGood(deps, token))) throw refuseLink(await deps.db.user.count({ take: 1 }))
  await makeOwner(deps, person, hashSetupToken(token))
}

/** @param tokenHash of the set-up link that allows it; left out where the environment names the owner */
export async function makeOwner(deps: Deps, person: NewPerson, tokenHash?: string): Promise<void> {
  const passwordHash = await hashPassword(person.password)
  const now = deps.clock.now()
  const id = newId('user', now.getTime(), deps.random.bytes(10))
  await deps.db.$transaction(async (tx) => {
    await lockPeople(tx)
    const used = tokenHash
      ? await tx.setupLink.updateMany({
          where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
          data: { usedAt: now },
        })
      : null
    const people = await tx.user.count({ take: 1 })
    // Two processes of a new installation may both read the same environment.
    if (people > 0 && !tokenHash) return
    if (people > 0 || used?.count === 0) throw refuseLink(people)
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

function refuseLink(people: number): PatchbayError {
  return new PatchbayError(
    'forbidden',
    people > 0
      ? 'There is an owner already. Sign in, or ask them for an account.'
      : 'This set-up link has ended. Restart Patchbay to get a new one.',
  )
}
