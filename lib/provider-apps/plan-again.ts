import type { ProviderId } from '../core/provider'
import type { Db } from '../db/client'
import type { Deps } from '../deps'
import type { RotationPlan } from '../jobs/job-queue'

/** What waited for one cause is tried again over this long, so that a thousand connections do not come at once. */
const spreadS = 60

/** A refusal that was not believed yet is believed after this, in seconds: a provider may recover by halves. */
const believedAfterS = { app: 2 * 60, host: 30 * 60 }

/** Renewals that were put off lie within this; what is due soon anyway comes with them. */
const putOffS = 600

export type Waiting = { appId: string } | { provider: ProviderId; baseUrl: string } | 'everything'

/**
 * Plans the connections again that fail, or were put off, within a minute: what held them back is over. A refusal that is not
 * believed yet has to come twice more. Rows that others change at this moment are left to them.
 *
 * @returns the plans, for the queue: `deps.jobs.planRotations` after the commit
 */
export async function planAgain(
  db: Pick<Db, '$queryRaw'>,
  deps: Pick<Deps, 'clock'>,
  waiting: Waiting,
): Promise<RotationPlan[]> {
  const now = deps.clock.now()
  const everything = waiting === 'everything'
  const appId = !everything && 'appId' in waiting ? waiting.appId : null
  const host = !everything && 'baseUrl' in waiting ? waiting : { provider: null, baseUrl: null }
  const doubtS = host.baseUrl === null ? believedAfterS.app : believedAfterS.host
  const rows = await db.$queryRaw<{ connectionId: string; provider: ProviderId; at: Date }[]>`
    WITH waiting AS (
      SELECT connection.id FROM connection JOIN provider_app AS app ON app.id = connection.app_id
      WHERE connection.lifecycle = 'live' AND app.hidden_at IS NULL
        AND (${everything} OR app.id = ${appId}
          OR (app.provider::text = ${host.provider} AND app.base_url = ${host.baseUrl}))
        AND connection.needs_reconnect_at IS NULL AND connection.uncertain_at IS NULL
        AND connection.suspended_at IS NULL
        AND (connection.failure_count > 0 OR connection.verdict_at IS NOT NULL
          OR connection.next_attempt_at <= ${now}::timestamptz + ${putOffS} * interval '1 second')
      ORDER BY connection.id FOR NO KEY UPDATE OF connection SKIP LOCKED
    )
    UPDATE connection SET failure_count = 0,
      verdict_at = CASE WHEN verdict_at IS NOT NULL THEN ${now}::timestamptz + ${doubtS} * interval '1 second' END,
      next_attempt_at = ${now}::timestamptz + random() * ${spreadS} * interval '1 second'
    FROM waiting WHERE connection.id = waiting.id
    RETURNING connection.id AS "connectionId", connection.provider::text AS provider, connection.next_attempt_at AS at`
  return rows.map((row) => ({ ...row, failing: false }))
}
