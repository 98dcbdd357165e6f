import type { ApiScope } from '../core/api-scopes'
import type { ProviderId } from '../core/provider'
import type { Deps } from '../deps'
import type { KeyHolder } from './key-holder'

/** A key of the table, whether it still counts or not. */
export type KnownKey = { holder: KeyHolder; revokedAt: Date | null }

type KeyRow = {
  id: string
  name: string
  scopes: ApiScope[]
  providers: ProviderId[]
  connectionIds: string[]
  requestsPerMinute: number | null
  expiresAt: Date | null
  revokedAt: Date | null
}

const columns = `api_key.id, api_key.name, api_key.scopes, api_key.providers::text[] AS providers,
      api_key.connection_ids AS "connectionIds", api_key.requests_per_minute AS "requestsPerMinute",
      api_key.expires_at AS "expiresAt", api_key.revoked_at AS "revokedAt"`

/** A hundred keys a statement, two statements at once: a flood of keys that nobody knows costs the database no more than that. */
const readKeys = {
  name: 'read_api_keys',
  text: `
    SELECT wanted.n, ${columns} FROM json_to_recordset($1::json) AS wanted (n int, hash text)
    JOIN api_key ON api_key.key_hash = wanted.hash`,
}

const readKeysById = {
  name: 'read_api_keys_by_id',
  text: `
    SELECT wanted.n::int - 1 AS n, ${columns} FROM unnest($1::text[]) WITH ORDINALITY AS wanted (id, n)
    JOIN api_key ON api_key.id = wanted.id`,
}

/** @returns `null` for a key that was never made */
export async function readKey(deps: Pick<Deps, 'sql'>, keyHash: string): Promise<KnownKey | null> {
  const [row] = await deps.sql.batched<KeyRow>(readKeys, { hash: keyHash })
  return row ? knownKey(row) : null
}

/** @returns `null` for a key that was never made */
export async function readKeyById(deps: Pick<Deps, 'sql'>, id: string): Promise<KnownKey | null> {
  const [row] = await deps.sql.byId<KeyRow>(readKeysById, id)
  return row ? knownKey(row) : null
}

function knownKey(row: KeyRow): KnownKey {
  const { id, name, scopes, providers, connectionIds, requestsPerMinute, expiresAt, revokedAt } = row
  return { holder: { id, name, scopes, providers, connectionIds, requestsPerMinute, expiresAt }, revokedAt }
}
