import { type ProviderId, providerIds } from '../core/provider'
import type { NamedStatement } from '../db/named-statements'
import type { Deps } from '../deps'
import { developmentGrants, grantOfPerson, grantSelect } from './development-grants'

/** An instant after which only a person can bring an account back. */
export type ReconnectClock = {
  connectionId: string
  provider: ProviderId
  name: string
  by: Date
  /** `development`: a grant of development credentials lapses weekly. */
  because: 'refresh_token' | 'no_refresh_token' | 'development'
  /** Whether Patchbay expects to start the clock anew by itself before. */
  renewsItself: boolean
  /** Another one when the clock was started anew. */
  run: string
}

/**
 * The clocks that run out within `withinMs` from now, the soonest first; of connections whose grant still lives, one each.
 *
 * @param options.stuckOnly only those that Patchbay does not expect to start anew by itself
 */
export async function reconnectClocks(
  deps: Pick<Deps, 'sql' | 'db' | 'clock'>,
  { withinMs, take, stuckOnly }: { withinMs: number; take: number; stuckOnly: boolean },
): Promise<ReconnectClock[]> {
  const now = deps.clock.now()
  const until = new Date(now.getTime() + withinMs)
  const [rows, lapsing] = await Promise.all([
    deps.sql.run<ClockRow>(pairClocks, [now, until, take, stuckOnly]),
    developmentClocks(deps, now, until),
  ])
  const clocks = rows.flatMap((row): ReconnectClock[] => {
    const provider = providerIds.find((each) => each === row.provider)
    const { id, name, by, because, generation } = row
    return provider
      ? [{ connectionId: id, provider, name, by, because, renewsItself: row.renews, run: String(generation) }]
      : []
  })
  const sorted = [...lapsing, ...clocks].sort((a, b) => a.by.getTime() - b.by.getTime())
  const first = new Map<string, ReconnectClock>()
  for (const clock of sorted) if (!first.has(clock.connectionId)) first.set(clock.connectionId, clock)
  return [...first.values()].slice(0, take)
}

type ClockRow = {
  id: string
  provider: string
  name: string
  by: Date
  because: 'refresh_token' | 'no_refresh_token'
  renews: boolean
  generation: number
}

/**
 * Refresh tokens that end, and grants without one that end with their access token (no plan tells them from those that are
 * renewed). A plan that was due an hour ago and came to nothing is no plan; an install or an application is asked for a new pair
 * whatever becomes of its refresh token.
 */
const pairClocks: NamedStatement = {
  name: 'reconnect_clocks',
  text: `
    WITH live AS NOT MATERIALIZED (
      SELECT c.*, a.hidden_at FROM connection c JOIN provider_app a ON a.id = c.app_id
       WHERE c.lifecycle = 'live' AND a.hidden_at IS NULL
         AND c.needs_reconnect_at IS NULL AND c.uncertain_at IS NULL AND c.suspended_at IS NULL
    ), clocks AS (
      SELECT id, provider, coalesce(label, account_name) AS name, refresh_expires_at AS by,
             'refresh_token' AS because, generation,
             (grant_kind <> 'oauth_code' OR (
               own_status = 'healthy' AND next_attempt_at IS NOT NULL
               AND next_attempt_at > $1::timestamptz - interval '1 hour' AND next_attempt_at < refresh_expires_at
             )) AS renews
        FROM live WHERE refresh_expires_at > $1 AND refresh_expires_at <= $2
      UNION ALL
      SELECT id, provider, coalesce(label, account_name), access_expires_at,
             'no_refresh_token', generation, false
        FROM live
       WHERE next_attempt_at IS NULL AND own_status = 'healthy' AND grant_kind = 'oauth_code'
         AND access_expires_at > $1 AND access_expires_at <= $2
    )
    SELECT * FROM clocks WHERE NOT ($4 AND renews) ORDER BY by LIMIT $3`,
}

/** Seed 001: with development credentials, most grants have to be given anew every week; nothing Patchbay does prolongs one. */
async function developmentClocks(deps: Pick<Deps, 'db'>, now: Date, until: Date): Promise<ReconnectClock[]> {
  const apps = await deps.db.providerApp.findMany({
    where: {
      provider: 'outreach',
      environment: 'development',
      hiddenAt: null,
      OR: [{ owningOrgId: { not: null } }, { owningOrgName: { not: null } }],
    },
    select: {
      owningOrgId: true,
      owningOrgName: true,
      connections: {
        where: { grantKind: 'oauth_code', lifecycle: 'live' },
        select: { ...grantSelect, needsReconnectAt: true, uncertainAt: true },
      },
    },
  })
  return apps.flatMap(({ owningOrgId, owningOrgName, connections }) => {
    const alive = new Set(
      connections.flatMap((row) => (row.needsReconnectAt || row.uncertainAt ? [] : [row.id])),
    )
    const grants = connections.map(grantOfPerson)
    return developmentGrants({ id: owningOrgId, name: owningOrgName }, grants).lapsing.flatMap(
      ({ connectionId, name, lapsesAt }): ReconnectClock[] =>
        lapsesAt && lapsesAt > now && lapsesAt <= until && alive.has(connectionId)
          ? [
              {
                connectionId,
                provider: 'outreach',
                name,
                by: lapsesAt,
                because: 'development',
                renewsItself: false,
                run: lapsesAt.toISOString(),
              },
            ]
          : [],
    )
  })
}
