import { randomBytes } from 'node:crypto'
import type { ProviderId } from '../lib/core/provider'
import { Secret } from '../lib/core/secret'
import { fingerprint } from '../lib/http/fingerprint'
import type { BenchWorld } from './bench-world'

const chunk = 5_000
/** 600 characters, as long as an access token of Outreach. */
const tokenBytes = 450

export type SeededApp = { id: string; provider: ProviderId }

/**
 * Live connections with sealed tokens that are good for a day, spread over apps, written in few statements.
 *
 * @returns their ids
 */
export async function seedConnections(
  world: Pick<BenchWorld, 'deps' | 'pool' | 'makeId'>,
  count: number,
  apps: readonly SeededApp[],
): Promise<string[]> {
  const { deps, pool } = world
  const ids: string[] = []
  for (let from = 0; from < count; from += chunk) {
    const some = Array.from({ length: Math.min(chunk, count - from) }, () => world.makeId('connection'))
    const tokens = some.map(() => Secret.of(randomBytes(tokenBytes).toString('base64url')))
    const sealed = some.map((rowId, index) =>
      deps.vault.seal(tokens[index] ?? Secret.of(''), {
        table: 'token_pair',
        rowId,
        field: 'access_token_sealed',
      }),
    )
    const appIds = apps.map(({ id }) => id)
    const providers = apps.map(({ provider }) => provider)
    await pool.query(insertConnections, [some, from, appIds, providers])
    await pool.query(useConnections, [some, from])
    await pool.query(insertPairs, [some, sealed, tokens.map((token) => fingerprint(token))])
    ids.push(...some)
  }
  // Only what was filled: an empty table that was vacuumed is planned for as if it stayed empty.
  await pool.query('VACUUM ANALYZE connection, connection_listed, connection_use, provider_app, token_pair')
  return ids
}

/** Names, orgs, statuses and clocks follow from a hash of the number, so that each sort is an order of its own. */
const insertConnections = `
  INSERT INTO connection (id, provider, app_id, grant_kind, lifecycle, external_account_id, account_name, account_email,
    external_org_id, org_name, label, granted_scopes, requested_scopes, generation, access_expires_at, refresh_expires_at,
    reconnect_by, own_status, last_success_at, updated_at)
  SELECT id, ($4::text[])[1 + n % cardinality($4::text[])]::"Provider", ($3::text[])[1 + n % cardinality($3::text[])],
    'oauth_code', 'live', (100000 + n)::text,
    (ARRAY['Ada','Berta','Carl','Dora','Emil','Frida','Gustav','Hanna','Ivan','Jutta','Karl','Lena'])[1 + h % 12] || ' ' ||
      (ARRAY['Smith','Jones','Miller','Davis','Garcia','Wilson','Moore','Taylor','White','Harris','Martin'])[1 + h / 16 % 11] ||
      ' ' || n,
    'person' || n || '@example.com', (h % 5000)::text,
    (ARRAY['Acme','Globex','Initech','Umbrella','Hooli'])[1 + h / 300 % 5] || ' ' || h / 1000 % 2000,
    CASE WHEN n % 9 = 0 THEN 'Label ' || h END, ARRAY['prospects.all', 'users.read'], ARRAY['prospects.all', 'users.read'], 1,
    now() + interval '1 day' + h % 7200 * interval '1 second',
    CASE WHEN n % 3 > 0 THEN now() + h % 1209600 * interval '1 second' END,
    CASE WHEN n % 3 > 0 THEN now() + h % 1209600 * interval '1 second' END,
    CASE WHEN n % 500 = 7 THEN 'suspended' WHEN n % 50 = 8 THEN 'retrying' WHEN n % 100 = 9 THEN 'needs_reconnect' ELSE 'healthy' END,
    now(), now()
  FROM (
    SELECT id, (place + $2::int)::int AS n, abs(hashint4((place + $2::int)::int) / 2) AS h
    FROM unnest($1::text[]) WITH ORDINALITY AS item (id, place)
  ) AS item`

const useConnections = `
  UPDATE connection_use AS kept SET last_used_at = now() - abs(hashint4(n) / 2) % 864000 * interval '1 second'
  FROM (SELECT id, (place + $2::int)::int AS n FROM unnest($1::text[]) WITH ORDINALITY AS item (id, place)) AS item
  WHERE kept.connection_id = item.id AND n % 5 > 0`

const insertPairs = `
  INSERT INTO token_pair (connection_id, generation, obtained_by, access_token_sealed, access_fingerprint, obtained_at,
    access_expires_at, first_used_at)
  SELECT connection.id, 1, 'code', item.sealed, item.print, now(), connection.access_expires_at, now()
  FROM unnest($1::text[], $2::text[], $3::text[]) AS item (id, sealed, print) JOIN connection USING (id)`
