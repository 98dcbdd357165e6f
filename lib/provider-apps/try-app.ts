import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import type { AppCheck, OpenApp } from '../providers/contract'
import { clearAppFault } from './app-fault'
import { formatCheck } from './check-result'

/** A person waits for it in a browser. */
const deadlineMs = 10_000

/** Asks the provider about an app's credentials, the stored ones or a candidate's. */
export async function tryApp(
  deps: Pick<Deps, 'http' | 'clock' | 'providers'>,
  app: OpenApp,
): Promise<AppCheck> {
  const context = { http: deps.http, now: () => deps.clock.now(), timeoutMs: deadlineMs }
  return deps.providers.get(app.provider).checkApp(context, app)
}

/**
 * Stores what a check of the app found; a passed one clears the app's fault. The queue hears of the plans before the commit:
 * a rotation that comes too early by that is one try too many, and one that nobody queued would wait for the sweep.
 */
export async function recordCheck(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'random' | 'jobs'>,
  appId: string,
  check: AppCheck,
): Promise<void> {
  await tx.providerApp.update({
    where: { id: appId },
    data: { checkedAt: deps.clock.now(), checkResult: formatCheck(check) },
    select: { id: true },
  })
  if (check.kind !== 'ok') return
  const plans = await clearAppFault(tx, deps, appId)
  if (plans) await deps.jobs.planRotations(plans)
}
