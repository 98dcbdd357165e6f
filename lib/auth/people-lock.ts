import { PatchbayError } from '../core/errors'
import type { Tx } from '../db/client'

/** Any number of its own. */
const peopleLock = 7_272_005

/**
 * Lets changes of people happen one after the other until the transaction ends: two set-up forms sent at once make one owner,
 * and two owners who demote each other at once leave one.
 */
export async function lockPeople(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${peopleLock})`
}

/**
 * To be asked under `lockPeople` before a person stops being an owner.
 *
 * @throws PatchbayError `conflict` when nobody else owns this Patchbay
 */
export async function requireAnotherOwner(tx: Tx, userId: string): Promise<void> {
  const others = await tx.user.count({ where: { role: 'owner', disabledAt: null, id: { not: userId } } })
  if (others > 0) return
  throw new PatchbayError('conflict', 'This is the only owner. Make somebody else an owner first.', {
    field: 'role',
  })
}
