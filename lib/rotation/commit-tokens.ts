import { setTimeout as sleep } from 'node:timers/promises'
import type { Deps } from '../deps'

/** A database that is restarted is back within a few seconds. Where the lease runs out meanwhile, the generation decides. */
const waitsMs = [0, 200, 1_000, 3_000, 5_000]

/**
 * Commits tokens that exist nowhere else yet: a database that is away for a moment is asked again.
 *
 * @param what the id of what gets the tokens, for the log
 * @param write one transaction, which finds out by itself that an earlier try was committed though its answer was lost
 * @throws what the last try threw
 */
export async function commitTokens<T>(
  deps: Pick<Deps, 'log'>,
  what: Readonly<Record<string, string>>,
  write: () => Promise<T>,
): Promise<T> {
  let failure: unknown
  for (const waitMs of waitsMs) {
    await sleep(waitMs)
    try {
      return await write()
    } catch (error) {
      failure = error
      deps.log.warn({ err: error, ...what }, 'new tokens were not stored')
    }
  }
  throw failure
}
