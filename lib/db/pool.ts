import { Pool } from 'pg'

/** No statement of ours takes long; one that does is stuck behind a lock, and its caller has given up. */
const statementMs = 15_000

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
    keepAlive: true,
    application_name: 'patchbay',
    // As a statement: a connection pooler in between refuses it as a parameter of the start.
    onConnect: async (client) => {
      await client.query(`SET statement_timeout = ${statementMs}`)
    },
  })
  pool.on('error', onError)
  // One that breaks while it is in use fails what it runs; without a listener it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

export type { Pool } from 'pg'
