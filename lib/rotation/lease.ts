import { setTimeout as sleep } from 'node:timers/promises'
import type { Deps } from '../deps'

/** Longer than any token call's deadline: a lease that has run out belongs to a process that died. */
export const leaseMs = 60_000

const pollMs = 200

export type Lease = { connectionId: string; owner: string }

/**
 * Takes the right to rotate a connection, or takes it over from a process that let it run out. It is a row and not a lock:
 * nothing is held open over the token call. The database's clock decides, so processes need not agree on the time.
 *
 * @param generation of the pair that is to be replaced
 * @returns `null` while somebody else has it
 */
export async function takeLease(
  deps: Pick<Deps, 'db' | 'random'>,
  connectionId: string,
  generation: number,
): Promise<Lease | null> {
  const owner = Buffer.from(deps.random.bytes(16)).toString('hex')
  const taken = await deps.db.$executeRaw`
    INSERT INTO rotation_lease (connection_id, owner, generation, until)
    VALUES (${connectionId}, ${owner}, ${generation}, clock_timestamp() + ${leaseMs} * interval '1 millisecond')
    ON CONFLICT (connection_id) DO UPDATE
      SET owner = excluded.owner, generation = excluded.generation, until = excluded.until
      WHERE rotation_lease.until <= clock_timestamp()`
  return taken === 1 ? { connectionId, owner } : null
}

/**
 * Waits for the lease, or for the news that its holder has stored another pair.
 *
 * @param generation of the pair as the caller read it
 */
export async function waitForLease(
  deps: Pick<Deps, 'db' | 'random'>,
  connectionId: string,
  generation: number,
  waitMaxMs: number,
): Promise<Lease | 'superseded' | 'busy'> {
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const lease = await takeLease(deps, connectionId, generation)
    if (lease) return lease
    if (waitedMs >= waitMaxMs) return 'busy'
    await sleep(pollMs)
    const row = await deps.db.connection.findUnique({
      where: { id: connectionId },
      select: { generation: true },
    })
    if (row && row.generation !== generation) return 'superseded'
  }
}

/**
 * Gives a lease its whole length again, for another call under it.
 *
 * @returns false when it ran out and somebody else has it
 */
export async function extendLease(deps: Pick<Deps, 'db'>, lease: Lease): Promise<boolean> {
  const extended = await deps.db.$executeRaw`
    UPDATE rotation_lease SET until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    WHERE connection_id = ${lease.connectionId} AND owner = ${lease.owner}`
  return extended === 1
}

/** Gives the lease back, if it is still this owner's. */
export async function releaseLease(deps: Pick<Deps, 'db'>, lease: Lease): Promise<void> {
  await deps.db.rotationLease.deleteMany({ where: { connectionId: lease.connectionId, owner: lease.owner } })
}
