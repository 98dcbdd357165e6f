import { PatchbayError } from '../core/errors'
import type { Deps } from '../deps'

/** Whether the database is taken for a copy, whose grants belong to the original. */
export async function isHeld({ db }: Pick<Deps, 'db'>): Promise<boolean> {
  return (await db.instanceIdentity.count({ where: { heldAt: { not: null } } })) > 0
}

/**
 * Refuses what would end a grant that the original lives by.
 *
 * @throws PatchbayError `rotations_held`
 */
export async function refuseWhileHeld(deps: Pick<Deps, 'db'>): Promise<void> {
  if (!(await isHeld(deps))) return
  throw new PatchbayError(
    'rotations_held',
    'This database seems to be a copy, and this would revoke a grant of the original. Let the database go on first, or do it there.',
  )
}
