import type { LiveEvent } from '../core/live-event'
import type { Tx } from './client'
import { liveChannel } from './event-bus'

/**
 * News that leaves with the commit of the caller's transaction: for changes that other processes must not miss, even when this one
 * dies right after the commit.
 */
export async function notifyWithin(tx: Tx, event: LiveEvent): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${liveChannel}, ${JSON.stringify(event)})`
}
