import { Pool } from 'pg'

/**
 * The one pool of a process: Prisma, LISTEN and named statements share it.
 *
 * @param max connections at most (DATABASE_POOL)
 * @param onError told of a broken idle connection; without a listener it would end the process
 */
export function createPool(url: string, max: number, onError: (error: Error) => void): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    application_name: 'patchbay',
  })
  pool.on('error', onError)
  return pool
}

export type { Pool } from 'pg'
