import { Pool } from 'pg'
import { watchAnswers } from './watch-answers'

/** No statement of ours takes long; one that does is stuck, and its caller has given up. */
const statementMs = 15_000
/** A statement that waits for a row this long fails; gathered with others, those are then tried without it. */
const lockMs = 5_000
/** A process that stood still in mid-transaction holds its rows no longer than this. */
const idleTransactionMs = 20_000
/** Longer than the server's own limit: it tells a server that went away without a word from one that is busy. */
const answerMs = statementMs + 5_000

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
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'patchbay',
    // As a statement: a connection pooler in between refuses it as a parameter of the start.
    onConnect: async (client) => {
      watchAnswers(client, answerMs)
      await client.query(
        `SET statement_timeout = ${statementMs}; SET lock_timeout = ${lockMs};
         SET idle_in_transaction_session_timeout = ${idleTransactionMs}`,
      )
    },
  })
  pool.on('error', onError)
  // One that breaks while it is in use fails what it runs; without a listener it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

export type { Pool } from 'pg'
