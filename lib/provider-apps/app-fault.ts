import type { Db, Tx } from '../db/client'
import type { Deps } from '../deps'
import type { RotationPlan } from '../jobs/job-queue'
import { announce } from '../notifications/announce'
import type { FailureWords } from '../providers/contract'
import { planAgain } from './plan-again'

/** While an app is marked, its credentials are tried by one connection at a time, this often. */
export const appRetryMs = 60_000

type Stamp = Pick<Deps, 'clock' | 'random'>

/**
 * Marks a provider app whose credentials the provider refuses, and tells people once; the connections themselves stay as they
 * are. The first refusal of a run gives the instant, the newest gives the words.
 *
 * @param tx a transaction
 */
export async function markAppFault(tx: Tx, deps: Stamp, appId: string, failure: FailureWords): Promise<void> {
  const faultAt = deps.clock.now()
  const marked = await tx.providerApp.updateMany({
    where: { id: appId, faultAt: null },
    data: { faultAt, faultRetryAt: new Date(faultAt.getTime() + appRetryMs) },
  })
  await tx.providerApp.updateMany({
    where: { id: appId },
    data: { faultCode: failure.code, faultWords: failure.words },
  })
  if (marked.count === 0) return
  const app = await tx.providerApp.findUniqueOrThrow({ where: { id: appId }, select: appSelect })
  await announce(tx, deps, {
    kind: 'app.broken',
    dedupeKey: faultKey('app.broken', appId, faultAt),
    subject: { kind: 'app', id: appId, name: app.name },
    detail: { provider: app.provider, code: failure.code, words: failure.words },
  })
}

/**
 * Clears the mark after a passed check or any successful token call, and plans the app's waiting connections within a minute.
 *
 * @param tx a transaction
 * @returns the plans for the queue, `null` when there was no mark
 */
export async function clearAppFault(tx: Tx, deps: Stamp, appId: string): Promise<RotationPlan[] | null> {
  const app = await tx.providerApp.findUnique({
    where: { id: appId },
    select: { ...appSelect, faultAt: true },
  })
  if (!app?.faultAt) return null
  const { name, provider, faultAt } = app
  const cleared = await tx.providerApp.updateMany({
    where: { id: appId, faultAt },
    data: { faultAt: null, faultCode: null, faultWords: null, faultRetryAt: null },
  })
  if (cleared.count === 0) return null
  await announce(tx, deps, {
    kind: 'app.recovered',
    dedupeKey: faultKey('app.recovered', appId, faultAt),
    subject: { kind: 'app', id: appId, name },
    detail: { provider, since: faultAt.toISOString() },
  })
  await forgetFailures(tx, appId)
  return planAgain(tx, deps, { appId })
}

const appSelect = { name: true, provider: true } as const satisfies Record<string, true>

function faultKey(kind: string, appId: string, faultAt: Date): string {
  return `${kind}:${appId}:${faultAt.toISOString()}`
}

/** Of connections that nothing but the app held back: the app's words are none of theirs. */
async function forgetFailures(tx: Pick<Db, 'connection'>, appId: string): Promise<void> {
  await tx.connection.updateMany({
    where: {
      appId,
      lifecycle: 'live',
      failureCount: { gt: 0 },
      retryingSince: null,
      suspendedAt: null,
      needsReconnectAt: null,
      uncertainAt: null,
    },
    data: { failureAt: null, failureCode: null, failureWords: null },
  })
}

/**
 * Notes that a token call has shown an app's credentials to be right. It comes after the commit of the tokens and outside
 * their transaction: it touches rows that other rotations hold, and nothing here may cost a pair. Never throws.
 */
export async function noteAppWorks(
  deps: Pick<Deps, 'db' | 'clock' | 'random' | 'events' | 'jobs' | 'log'>,
  appId: string,
): Promise<void> {
  try {
    const marked = await deps.db.providerApp.count({ where: { id: appId, faultAt: { not: null } } })
    if (marked === 0) return
    const plans = await deps.db.$transaction((tx) => clearAppFault(tx, deps, appId))
    if (!plans) return
    await deps.jobs.planRotations(plans)
    await deps.events.publish({ topic: 'app', id: appId })
  } catch (error) {
    deps.log.warn({ err: error, appId }, 'the mark of a provider app was not cleared')
  }
}
