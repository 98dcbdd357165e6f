import { setTimeout as pause } from 'node:timers/promises'
import type { Deps } from '../deps'

/** Longer than any token call made under it, so that no second one starts before the first has ended. */
const leaseMs = 30_000
const pollMs = 100

export type InstallKey = { appId: string; externalInstallId: string }
export type Leased<T> = { kind: 'done'; value: T } | { kind: 'busy' }

/**
 * Runs `run` as the only arrival of this install, in all processes: its webhook and its landing come together, and a setup
 * step may be sent twice at once. The lease is a row with an owner and an end by the database's clock, not a lock held over
 * the network call; it has a table of its own because an install has no row before its first token call was answered.
 *
 * @param waitMs how long to wait for another arrival to end, in milliseconds
 * @param run is told how much of `waitMs` was spent
 * @returns `busy` when the other arrival has not ended by then
 */
export async function withInstallLease<T>(
  deps: Pick<Deps, 'db' | 'random'>,
  key: InstallKey,
  waitMs: number,
  run: (waitedMs: number) => Promise<T>,
): Promise<Leased<T>> {
  const owner = Buffer.from(deps.random.bytes(16)).toString('hex')
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    if (await take(deps, key, owner)) {
      try {
        return { kind: 'done', value: await run(waitedMs) }
      } finally {
        await release(deps, key, owner)
      }
    }
    if (waitedMs >= waitMs) return { kind: 'busy' }
    await pause(pollMs)
  }
}

/** Takes a free or lapsed lease in one statement, so that of two takers one wins. */
async function take(deps: Pick<Deps, 'db'>, key: InstallKey, owner: string): Promise<boolean> {
  const taken = await deps.db.$executeRaw`
    INSERT INTO install_lease (app_id, external_install_id, owner, until)
    VALUES (${key.appId}, ${key.externalInstallId}, ${owner}, clock_timestamp() + ${leaseMs} * interval '1 millisecond')
    ON CONFLICT (app_id, external_install_id) DO UPDATE SET owner = excluded.owner, until = excluded.until
    WHERE install_lease.until <= clock_timestamp()`
  return taken === 1
}

async function release(deps: Pick<Deps, 'db'>, key: InstallKey, owner: string): Promise<void> {
  await deps.db.installLease.deleteMany({ where: { ...key, owner } })
}
