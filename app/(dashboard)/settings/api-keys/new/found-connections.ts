import type { ReachableConnections } from '@/lib/server'

/** How a search for connections stands. */
export type Found = ReachableConnections | 'searching' | 'failed'

/** Further ones are found by typing more. */
export const shownMax = 8

/**
 * What stands below the search. It never says that nothing fits while something does: a key's reach cannot be changed later.
 *
 * @param open how many of those found are not chosen yet
 */
export function searchWords(found: Found, open: number): string {
  if (found === 'searching') return 'Searching…'
  if (found === 'failed') return 'The search did not work. Reload the page to try again.'
  if (open > shownMax || found.hasMore) return 'More connections fit: type more to find others.'
  return open === 0 ? 'No further connection fits.' : ''
}
