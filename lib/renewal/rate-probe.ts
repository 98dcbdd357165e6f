import { z } from 'zod'
import { exclusively } from '../db/exclusively'
import type { Deps } from '../deps'
import { openApp } from '../provider-apps/open-app'
import { openToken } from '../rotation/pair-columns'
import { probeToken } from '../rotation/probe-token'
import { readRotationState } from '../rotation/rotation-state'

/** Any number that no other program of this database uses. */
const probeLock = 7_272_007
const minuteMs = 60_000
/** Older figures are asked for anew. */
const oldMs = 15 * minuteMs
const runMax = 20
const lanes = 5

const dueSchema = z.array(z.object({ bucket: z.string(), connectionId: z.string() }))

/**
 * Outreach's headers tell of a whole user, whose hour other programs spend too: where no call has told for fifteen minutes, one asks.
 * Each call of what is returned probes some of the users, going round among all of them; their calls come out of the reserve. A token
 * that is not in order is left to the rotations.
 *
 * @returns what probes, in one process at a time; it does nothing while RATE_PROBE is off
 */
export function createRateProbe(deps: Deps): () => Promise<void> {
  let after = ''
  return async () => {
    if (!deps.config.rateProbe) return
    await exclusively(deps.db, probeLock, async () => {
      const due = await dueBuckets(deps, after)
      after = due.length < runMax ? '' : (due.at(-1)?.bucket ?? '')
      const waiting = due.map(({ connectionId }) => connectionId)
      await Promise.all(Array.from({ length: lanes }, () => probeAll(deps, waiting)))
    })
  }
}

async function probeAll(deps: Deps, waiting: string[]): Promise<void> {
  for (let id = waiting.shift(); id; id = waiting.shift()) {
    await probeOne(deps, id).catch((error: unknown) =>
      deps.log.warn({ err: error }, 'a rate limit could not be asked for'),
    )
  }
}

async function probeOne(deps: Deps, connectionId: string): Promise<void> {
  const state = await readRotationState(deps, connectionId)
  const { pair } = state
  // A pair that was never used is its first use's.
  if (state.lifecycle !== 'live' || state.heldAt || !pair?.firstUsedAt) return
  const app = await openApp(deps, state.appId)
  await probeToken(
    deps,
    app,
    state,
    openToken(deps, connectionId, 'access_token_sealed', pair.accessTokenSealed),
  )
}

/** Buckets in the order of their names, with one connection each. */
async function dueBuckets({ db, clock }: Deps, after: string): Promise<z.infer<typeof dueSchema>> {
  const nowMs = clock.now().getTime()
  return dueSchema.parse(
    await db.$queryRaw`
      SELECT w.bucket, min(c.id) AS "connectionId"
      FROM rate_window w
      JOIN connection c ON c.provider = 'outreach' AND c.grant_kind = 'oauth_code' AND c.lifecycle = 'live'
        AND c.own_status = 'healthy' AND c.access_expires_at > ${new Date(nowMs + minuteMs)}
        AND 'outreach:user:' || coalesce(c.external_org_id, '-') || ':' || c.external_account_id = w.bucket
      JOIN provider_app a ON a.id = c.app_id AND a.hidden_at IS NULL AND a.fault_at IS NULL
      WHERE w.provider = 'outreach' AND w.bucket > ${after}
        AND (w.source <> 'headers' OR w.as_of < ${new Date(nowMs - oldMs)})
        AND (w.blocked_until IS NULL OR w.blocked_until <= ${new Date(nowMs)})
      GROUP BY w.bucket ORDER BY w.bucket LIMIT ${runMax}`,
  )
}
