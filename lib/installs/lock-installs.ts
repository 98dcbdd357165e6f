import type { Tx } from '../db/client'

/**
 * Lets what changes the installs of one app happen one after the other until the transaction ends, so that one press speaks
 * for one install and of an end and an arrival the later one counts. Never held over a network call.
 */
export async function lockInstalls(tx: Pick<Tx, '$executeRaw'>, appId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`installs:${appId}`}, 0))`
}
