import type { NamedStatement } from '../db/named-statements'
import type { Deps } from '../deps'

/** A minute in which calls of a bucket were answered 429, by the provider or by Patchbay in its place. */
export type RefusalMinute = { minute: Date; limited: number; held: number; routes: string[] }

const shownMax = 10

/** The newest first; at most ten. */
export async function recentRefusals(
  deps: Pick<Deps, 'sql'>,
  bucket: string,
  since: Date,
): Promise<RefusalMinute[]> {
  return deps.sql.run<RefusalMinute>(statement, [bucket, since, shownMax])
}

const statement: NamedStatement = {
  name: 'recent_refusals',
  text: `
    SELECT minute, sum(limited)::int AS limited, sum(held)::int AS held,
      array_agg(DISTINCT method || ' ' || route) AS routes
    FROM usage_minute WHERE bucket = $1 AND minute >= $2 AND (limited > 0 OR held > 0)
    GROUP BY minute ORDER BY minute DESC LIMIT $3`,
}
