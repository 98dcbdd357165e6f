import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Pool } from 'pg'
import { Agent, request } from 'undici'
import type { BareLoopOrder } from './bare-loop-process'
import { seededRefreshToken } from './grants'

const connections = 10
const key = randomBytes(32)

/**
 * The yardstick of `rotation`: what any program must do to renew a pair safely, and nothing else. No queue, no lease, no
 * failures, no second process to mind: per connection a journal row, the token call, the commit, the next job, the first use
 * and its note, as named statements, one after the other.
 */
async function main({ databaseUrl, providerUrl, ids, atOnce }: BareLoopOrder): Promise<void> {
  const pool = new Pool({ connectionString: databaseUrl, max: connections })
  const dispatcher = new Agent()
  const run = (name: string, text: string, values: unknown[]) => pool.query({ name, text, values })

  async function renew(connectionId: string): Promise<void> {
    const journalId = `rot_${connectionId}_bare`
    open(seal('x'.repeat(43)))
    await run('journal', journal, [journalId, connectionId])
    const body = JSON.stringify({
      client_id: 'bench',
      client_secret: 'bench',
      grant_type: 'refresh_token',
      refresh_token: seededRefreshToken(connectionId),
    })
    const headers = { 'content-type': 'application/json' }
    const answer = await request(`${providerUrl}/oauth/token`, { dispatcher, method: 'POST', headers, body })
    // Everything that the provider answers is parsed by the product too.
    const pair = (await answer.body.json()) as { access_token: string; refresh_token: string }
    await commit(connectionId, journalId, pair)
    await run('replan', replan, ['rotate-outstand', { connectionId }, `rotate:${connectionId}`])
    const authorization = `Bearer ${pair.access_token}`
    const probe = await request(`${providerUrl}/oauth/token/info`, { dispatcher, headers: { authorization } })
    await probe.body.dump()
    await run('first_use', firstUse, [connectionId])
  }

  async function commit(
    connectionId: string,
    journalId: string,
    pair: { access_token: string; refresh_token: string },
  ) {
    const client = await pool.connect()
    try {
      const inTransaction = (name: string, text: string, values: unknown[]) =>
        client.query({ name, text, values })
      await client.query('BEGIN')
      await inTransaction('pair', storePair, [
        connectionId,
        seal(pair.access_token),
        seal(pair.refresh_token),
        seal('old'),
      ])
      await inTransaction('connection', storeClocks, [connectionId])
      await inTransaction('close', closeJournal, [journalId])
      await client.query('COMMIT')
    } finally {
      client.release()
    }
  }

  const waiting = [...ids]
  async function loop(): Promise<void> {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) await renew(id)
  }
  await Promise.all(Array.from({ length: atOnce }, loop))
  await pool.end()
  await dispatcher.close()
}

const journal = `INSERT INTO rotation_journal (id, connection_id, kind, cause, generation, started_at)
  VALUES ($1, $2, 'refresh', 'due', 1, now())`
const storePair = `UPDATE token_pair SET generation = generation + 1, access_token_sealed = $2, refresh_token_sealed = $3,
  previous_refresh_token_sealed = $4, obtained_at = now(), access_expires_at = now() + interval '2 hours', first_used_at = NULL
  WHERE connection_id = $1 AND generation = 1`
const storeClocks = `UPDATE connection SET generation = generation + 1, access_expires_at = now() + interval '2 hours',
  next_attempt_at = now() + interval '110 minutes', last_success_at = now(), failure_count = 0
  WHERE id = $1 AND generation = 1`
const closeJournal = `UPDATE rotation_journal SET outcome = 'renewed', ended_at = now() WHERE id = $1`
const replan = `SELECT graphile_worker.add_job($1, $2::json, run_at => now() + interval '110 minutes', job_key => $3)`
const firstUse = `UPDATE token_pair SET first_used_at = now(), previous_refresh_token_sealed = NULL WHERE connection_id = $1`

function seal(text: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  return Buffer.concat([iv, cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString('base64url')
}

function open(sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(-16))
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString()
}

process.once('message', (order: BareLoopOrder) => {
  main(order).then(
    () => process.exit(),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
process.on('disconnect', () => process.exit(1))
process.send?.('ready')
