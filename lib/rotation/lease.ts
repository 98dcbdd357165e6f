import type { Deps } from '../deps'
import { waitForRotation } from './wait-for-rotation'

/** Longer than any token call's deadline: a lease that has run out belongs to a process that died. */
export const leaseMs = 60_000

export type Lease = {
  connectionId: string
  owner: string
  /** By this process's clock: how much of it is left when a call is about to be sent. */
  takenAt: Date
}

/** A name for whoever takes a lease next; nobody else can release it. */
export function newLease(deps: Pick<Deps, 'random' | 'clock'>, connectionId: string): Lease {
  const owner = Buffer.from(deps.random.bytes(16)).toString('hex')
  return { connectionId, owner, takenAt: deps.clock.now() }
}

/**
 * Takes the right to rotate each item's connection, or takes it over from a process that let it run out. It is a row and not a
 * lock: nothing is held open over the token call. The database's clock decides, so processes need not agree on the time. In
 * the order of the ids, so that two processes never wait for each other.
 */
export const takeLeasesSql = `
  INSERT INTO rotation_lease AS lease (connection_id, owner, generation, until)
  SELECT connection.id, item.owner, connection.generation, clock_timestamp() + ${leaseMs} * interval '1 millisecond'
  FROM item JOIN connection ON connection.id = item.connection_id
  ORDER BY connection.id
  ON CONFLICT (connection_id) DO UPDATE
    SET owner = excluded.owner, generation = excluded.generation, until = excluded.until
    WHERE lease.until <= clock_timestamp() OR lease.owner = excluded.owner
  RETURNING connection_id`

const takeLeases = {
  name: 'take_leases',
  text: `
    WITH item AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset($1::jsonb) AS item (n int, connection_id text, owner text)
    ), taken AS (${takeLeasesSql})
    SELECT item.n FROM item JOIN taken USING (connection_id)`,
}

/** @returns `null` while somebody else has it */
export async function takeLease(
  deps: Pick<Deps, 'sql' | 'random' | 'clock'>,
  connectionId: string,
): Promise<Lease | null> {
  const lease = newLease(deps, connectionId)
  const taken = await deps.sql.batched(takeLeases, { connection_id: connectionId, owner: lease.owner })
  return taken.length > 0 ? lease : null
}

/**
 * Waits for the lease, or for the news that its holder has stored another pair.
 *
 * @param generation of the pair as the caller read it
 */
export async function waitForLease(
  deps: Pick<Deps, 'sql' | 'events' | 'random' | 'clock'>,
  connectionId: string,
  generation: number,
  waitMaxMs: number,
): Promise<Lease | 'superseded' | 'busy'> {
  const lease = await takeLease(deps, connectionId)
  if (lease) return lease
  const wait = await waitForRotation(deps, connectionId, generation, waitMaxMs)
  if (wait.kind !== 'free') return wait.kind
  return waitForLease(deps, connectionId, generation, wait.leftMs)
}

/** Rows are locked in the order of the ids by whatever statement: so two of them never wait for each other. */
const ownLeasesSql = `
  SELECT item.n, lease.connection_id
  FROM jsonb_to_recordset($1::jsonb) AS item (n int, connection_id text, owner text)
  JOIN rotation_lease AS lease ON lease.connection_id = item.connection_id AND lease.owner = item.owner
  ORDER BY lease.connection_id FOR UPDATE OF lease`

const extendLeases = {
  name: 'extend_leases',
  text: `
    WITH own AS MATERIALIZED (${ownLeasesSql})
    UPDATE rotation_lease AS lease SET until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    FROM own WHERE lease.connection_id = own.connection_id
    RETURNING own.n`,
}

/**
 * Gives a lease its whole length again, for another call under it.
 *
 * @returns `null` when it ran out and somebody else has it
 */
export async function extendLease(deps: Pick<Deps, 'sql' | 'clock'>, lease: Lease): Promise<Lease | null> {
  const { connectionId, owner } = lease
  const extended = { ...lease, takenAt: deps.clock.now() }
  const rows = await deps.sql.batched(extendLeases, { connection_id: connectionId, owner })
  return rows.length > 0 ? extended : null
}

const releaseLeases = {
  name: 'release_leases',
  text: `
    WITH own AS MATERIALIZED (${ownLeasesSql})
    DELETE FROM rotation_lease AS lease USING own WHERE lease.connection_id = own.connection_id
    RETURNING own.n`,
}

/** Gives the lease back, if it is still this owner's. */
export async function releaseLease(deps: Pick<Deps, 'sql'>, { connectionId, owner }: Lease): Promise<void> {
  await deps.sql.batched(releaseLeases, { connection_id: connectionId, owner })
}
