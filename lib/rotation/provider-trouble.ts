import { writeAudit } from '../audit/write-audit'
import { newId } from '../core/ids'
import { providerNames } from '../core/provider'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { announce } from '../notifications/announce'
import { planAgain } from '../provider-apps/plan-again'
import type { FailureWords } from '../providers/contract'
import { lapsedGrant, ownRefusals } from './judge-refusal'
import type { RotationState } from './rotation-state'
import { type ProviderHost, takeBackVerdicts } from './take-back-verdicts'

/** Refusals and successes are compared over this long. */
const windowMs = 5 * 60_000
/** Fewer connections than this may well have lost their grants for reasons of their own. */
const refusedMin = 5
/** While a provider is in trouble, one connection is let through this often to see whether it is over. */
export const troubleRetryMs = 30_000

export type Trouble = { id: string; beganAt: Date; isNew: boolean }

const patchbay = { kind: 'system', name: 'Patchbay' } as const

/** The one open row of a provider's host. */
function openKey({ provider, baseUrl }: ProviderHost): string {
  return `${provider} ${baseUrl}`
}

/**
 * Whether so many grants of one host are refused that it is the provider and not the grants. Pure.
 *
 * @param refused connections that were refused for good within the window
 * @param renewed rotations that succeeded in the same time
 */
export function isTrouble(refused: number, renewed: number): boolean {
  return refused >= refusedMin && refused >= renewed
}

/**
 * The trouble of a connection's provider: the one that lasts, or one that this refusal shows. Told and audited once; verdicts
 * of the last minutes that no person asked for are taken back with it.
 *
 * @param tx a transaction in which the journal has the refusal already
 */
export async function troubleAt(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'random'>,
  state: Pick<RotationState, 'provider' | 'app'>,
  failure: FailureWords,
): Promise<Trouble | null> {
  const host = { provider: state.provider, baseUrl: state.app.baseUrl }
  const lasting = await openTrouble(tx, host)
  if (lasting) return { ...lasting, isNew: false }
  const now = deps.clock.now()
  const { refused, renewed } = await countSince(tx, host, new Date(now.getTime() - windowMs))
  if (!isTrouble(refused, renewed)) return null
  const id = newId('trouble', now.getTime(), deps.random.bytes(10))
  // Whoever notices it at the same time waits here for the first one's commit.
  const made = await tx.providerTrouble.createMany({
    data: {
      id,
      ...host,
      openKey: openKey(host),
      beganAt: now,
      retryAt: new Date(now.getTime() + troubleRetryMs),
      refused,
      code: failure.code,
      words: failure.words,
    },
    skipDuplicates: true,
  })
  if (made.count === 0) {
    const other = await openTrouble(tx, host)
    return other && { ...other, isNew: false }
  }
  const takenBack = await takeBackVerdicts(tx, deps, host, new Date(now.getTime() - windowMs))
  const name = providerNames[host.provider]
  await writeAudit(tx, deps, patchbay, {
    action: 'provider.trouble_began',
    subject: { kind: 'setting', id, name },
    detail: { host: host.baseUrl, refused, takenBack, code: failure.code, words: failure.words },
  })
  await announce(tx, deps, {
    kind: 'provider.trouble',
    dedupeKey: `provider.trouble:${id}`,
    subject: { kind: 'provider', id, name },
    detail: {
      provider: host.provider,
      host: host.baseUrl,
      refused,
      code: failure.code,
      words: failure.words,
    },
  })
  return { id, beganAt: now, isNew: true }
}

function openTrouble(tx: Tx, host: ProviderHost): Promise<{ id: string; beganAt: Date } | null> {
  return tx.providerTrouble.findUnique({
    where: { openKey: openKey(host) },
    select: { id: true, beganAt: true },
  })
}

type Counts = { refused: number; renewed: number }

/** Successes are counted no further than they matter: there may be thousands a minute. */
async function countSince(tx: Tx, { provider, baseUrl }: ProviderHost, since: Date): Promise<Counts> {
  const nobodysWord = [...ownRefusals, lapsedGrant]
  const [counts] = await tx.$queryRaw<Counts[]>`
    WITH refused AS (
      SELECT count(DISTINCT entry.connection_id)::int AS total
      FROM rotation_journal AS entry
      JOIN connection ON connection.id = entry.connection_id
      JOIN provider_app AS app ON app.id = connection.app_id
      WHERE entry.outcome IN ('terminal', 'uncertain') AND entry.ended_at >= ${since}
        AND entry.failure_code <> ALL (${nobodysWord})
        AND app.provider::text = ${provider} AND app.base_url = ${baseUrl}
    )
    SELECT refused.total AS refused, (
      SELECT count(*)::int FROM (
        SELECT 1 FROM rotation_journal AS entry
        JOIN connection ON connection.id = entry.connection_id
        JOIN provider_app AS app ON app.id = connection.app_id
        WHERE refused.total >= ${refusedMin} AND entry.outcome = 'renewed' AND entry.ended_at >= ${since}
          AND entry.cause NOT IN ('connect', 'reconnect')
          AND app.provider::text = ${provider} AND app.base_url = ${baseUrl}
        LIMIT refused.total + 1
      ) AS counted
    ) AS renewed
    FROM refused`
  return counts ?? { refused: 0, renewed: 0 }
}

/**
 * Ends a provider's trouble after a rotation that succeeded there: tells people once, and plans what waits within a minute.
 *
 * @returns whether this call ended it
 */
export async function endTrouble(
  deps: Deps,
  state: Pick<RotationState, 'provider' | 'app'>,
): Promise<boolean> {
  const host = { provider: state.provider, baseUrl: state.app.baseUrl }
  const now = deps.clock.now()
  const isEnded = await deps.db.$transaction(async (tx) => {
    const trouble = await openTrouble(tx, host)
    if (!trouble) return false
    const { id, beganAt } = trouble
    const ended = await tx.providerTrouble.updateMany({
      where: { id, endedAt: null },
      data: { endedAt: now, openKey: null },
    })
    if (ended.count === 0) return false
    const name = providerNames[host.provider]
    const detail = { host: host.baseUrl, since: beganAt.toISOString() }
    await writeAudit(tx, deps, patchbay, {
      action: 'provider.recovered',
      subject: { kind: 'setting', id, name },
      detail,
    })
    await announce(tx, deps, {
      kind: 'provider.recovered',
      dedupeKey: `provider.recovered:${id}`,
      subject: { kind: 'provider', id, name },
      detail: { provider: host.provider, ...detail },
    })
    return true
  })
  if (!isEnded) return false
  await deps.jobs.planRotations(await planAgain(deps.db, deps, host))
  await deps.events.publish({ topic: 'app', id: '*' })
  await deps.events.publish({ topic: 'connection', id: '*' })
  return true
}
