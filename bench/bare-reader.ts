import { createDecipheriv, createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { Pool } from 'pg'
import { z } from 'zod'
import { decrypt } from '../lib/vault/aes-gcm'
import { serveOrder } from './serve-order'

export type BareReaderOrder = {
  databaseUrl: string
  /** The one entry of ENCRYPTION_KEYS. */
  masterKey: string
  /** As the product made it. */
  apiKey: string
}

const connections = 10
const statement = `SELECT access_token_sealed, access_expires_at, generation FROM token_pair WHERE connection_id = $1`
type Row = { access_token_sealed: string; access_expires_at: Date; generation: number }

/**
 * The yardstick of `token-read`: what any program must do to hand out a sealed token to a key, and nothing else. No router, no
 * scopes, no limits, no freshness, no note of what was read: the key's hash is found in a Map, the row is read by a named
 * statement, its ciphertext is opened, and JSON is written.
 */
serveOrder<BareReaderOrder>(async ({ databaseUrl, masterKey, apiKey }) => {
  const pool = new Pool({ connectionString: databaseUrl, max: connections })
  const dataKey = await readDataKey(pool, masterKey)
  const keys = new Map([[hashOf(apiKey), 'a program']])

  async function read(id: string): Promise<string> {
    const { rows } = await pool.query<Row>({ name: 'read', text: statement, values: [id] })
    const [row] = rows
    if (!row) throw new Error('there is no such connection')
    return JSON.stringify({
      access_token: open(dataKey, id, row.access_token_sealed),
      token_type: 'Bearer',
      expires_at: row.access_expires_at.toISOString(),
      generation: row.generation,
    })
  }

  return createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const key = (request.headers.authorization ?? '').slice('Bearer '.length)
    if (!keys.has(hashOf(key))) return void response.writeHead(401).end()
    read((request.url ?? '').split('/')[4] ?? '').then(
      (body) => response.writeHead(200, { 'content-type': 'application/json' }).end(body),
      () => response.writeHead(500).end(),
    )
  })
})

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/** The product's own format: IV, ciphertext and tag, bound to the place it stands in. */
function open(dataKey: Uint8Array, rowId: string, sealed: string): string {
  const [version, keyId, body = ''] = sealed.split('.')
  const bytes = Buffer.from(body, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', dataKey, bytes.subarray(0, 12))
  decipher.setAAD(Buffer.from(JSON.stringify([version, keyId, 'token_pair', rowId, 'access_token_sealed'])))
  decipher.setAuthTag(bytes.subarray(-16))
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString()
}

async function readDataKey(pool: Pool, masterKey: string): Promise<Uint8Array> {
  const [id = '', key = ''] = masterKey.split(':')
  const { rows } = await pool.query('SELECT id, key_sealed AS sealed FROM data_key')
  const [stored] = z.array(z.object({ id: z.string(), sealed: z.string() })).parse(rows)
  if (!stored) throw new Error('there is no data key')
  const place = JSON.stringify(['pb1', 'data_key', stored.id, id])
  return decrypt(Buffer.from(key, 'base64'), place, Buffer.from(stored.sealed, 'base64url'))
}
