import type { Surroundings } from '../core/connection-facts'
import type { ProviderId } from '../core/provider'
import type { NamedStatement } from '../db/named-statements'
import type { Deps } from '../deps'

/** What holds rotations back around a connection, by its provider's host. */
export type SurroundingsOf = (provider: ProviderId, baseUrl: string) => Surroundings

type SurroundingsRow = {
  held_at: Date | null
  provider: ProviderId | null
  base_url: string | null
  began_at: Date | null
  retry_at: Date | null
}

const statement: NamedStatement = {
  name: 'surroundings',
  text: `
    SELECT instance.held_at, trouble.provider, trouble.base_url, trouble.began_at, trouble.retry_at
      FROM (VALUES (1)) AS one (id)
      LEFT JOIN instance_identity AS instance ON instance.id = one.id
      LEFT JOIN provider_trouble AS trouble ON trouble.open_key IS NOT NULL`,
}

/** Read once for all the connections of a page. */
export async function readSurroundings(deps: Pick<Deps, 'sql'>): Promise<SurroundingsOf> {
  const rows = await deps.sql.run<SurroundingsRow>(statement, [])
  const heldAt = rows[0]?.held_at ?? null
  return (provider, baseUrl) => {
    const row = rows.find((each) => each.provider === provider && each.base_url === baseUrl)
    const trouble = row?.began_at && row.retry_at ? { beganAt: row.began_at, retryAt: row.retry_at } : null
    return { heldAt, trouble }
  }
}
