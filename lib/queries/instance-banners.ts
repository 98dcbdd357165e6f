import { type Actor, hasRole, requireRole } from '../core/actor'
import { type ProviderId, providerIds } from '../core/provider'
import { workersStoppedSince } from '../core/workers'
import type { NamedStatement } from '../db/named-statements'
import type { Deps } from '../deps'

/** What concerns the whole installation and stands over every page while it lasts. */
export type InstanceBanners = {
  /** No process renews tokens since. */
  workersStoppedSince: Date | null
  /** Rotations are held: this database is a copy. `connections`: those that live. */
  held: { since: Date; reason: string | null; connections: number; mayLetGoOn: boolean } | null
  /** Providers that refuse many accounts at once, the longest first. */
  troubles: { id: string; provider: ProviderId; host: string; since: Date; refused: number }[]
}

/** By one statement, since every page asks. @throws PatchbayError `forbidden` */
export async function instanceBanners(
  deps: Pick<Deps, 'sql' | 'clock'>,
  actor: Actor,
): Promise<InstanceBanners> {
  requireRole(actor, 'viewer')
  const [row] = await deps.sql.run<BannersRow>(statement, [])
  if (!row) throw new Error('the database did not tell how the installation stands')
  const signs = { lastBeatAt: row.last_beat_at, watchedSince: row.watched_since }
  return {
    workersStoppedSince: workersStoppedSince(signs, deps.clock.now()),
    held: row.held_at && {
      since: row.held_at,
      reason: row.held_reason,
      connections: row.connections ?? 0,
      mayLetGoOn: hasRole(actor, 'admin'),
    },
    troubles: row.troubles.flatMap(({ id, provider, base_url, began_at, refused }) => {
      const known = providerIds.find((each) => each === provider)
      return known
        ? [{ id, provider: known, host: hostOf(base_url), since: new Date(began_at), refused }]
        : []
    }),
  }
}

type BannersRow = {
  last_beat_at: Date | null
  watched_since: Date | null
  held_at: Date | null
  held_reason: string | null
  /** Counted only while rotations are held. */
  connections: number | null
  troubles: { id: string; provider: string; base_url: string; began_at: string; refused: number }[]
}

const statement: NamedStatement = {
  name: 'instance_banners',
  text: `
    SELECT (SELECT max(beat_at) FROM process_beat WHERE 'worker' = ANY(roles)) AS last_beat_at,
           (SELECT min(started_at) FROM process_beat) AS watched_since,
           instance.held_at, instance.held_reason,
           CASE WHEN instance.held_at IS NOT NULL
             THEN (SELECT count(*)::int FROM connection WHERE lifecycle = 'live') END AS connections,
           coalesce((SELECT json_agg(t ORDER BY t.began_at) FROM (
             SELECT id, provider, base_url, began_at, refused FROM provider_trouble WHERE open_key IS NOT NULL
           ) AS t), '[]') AS troubles
      FROM (VALUES (1)) AS one (id) LEFT JOIN instance_identity AS instance ON instance.id = one.id`,
}

function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl
}
