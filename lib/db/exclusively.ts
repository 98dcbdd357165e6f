import type { Db } from './client'

const timeoutMs = 60_000

/**
 * Does something that only one process at a time shall do. The lock is a transaction's, so a process that dies lets it go.
 *
 * @param lock any number that no other program of this database uses
 * @returns false when another process is at it: nothing was done
 */
export function exclusively(
  db: Pick<Db, '$transaction'>,
  lock: number,
  work: () => Promise<void>,
): Promise<boolean> {
  return db.$transaction(
    async (tx) => {
      // The transaction itself does nothing meanwhile, and that is all right.
      await tx.$executeRaw`SELECT set_config('idle_in_transaction_session_timeout', ${String(timeoutMs)}, true)`
      const [row] = await tx.$queryRaw<{ mine: boolean }[]>`SELECT pg_try_advisory_xact_lock(${lock}) AS mine`
      if (row?.mine) await work()
      return Boolean(row?.mine)
    },
    { timeout: timeoutMs },
  )
}
