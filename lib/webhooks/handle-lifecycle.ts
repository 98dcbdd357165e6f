import { isPatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import { arriveInstall } from '../installs/arrive-install'
import { endInstall } from '../installs/end-install'
import { nothingTold } from '../installs/install-facts'
import type { OpenApp } from '../providers/contract'
import type { OutreachLifecycleEvent } from '../providers/outreach/lifecycle-event'
import { rotateConnection } from '../rotation/rotate-connection'
import { arrivalEnd } from './arrival-end'
import type { DeliveryEnd } from './delivery'

const actor = { kind: 'provider', provider: 'outreach', name: 'Outreach' } as const

/** Outreach waits five seconds for an answer (providers.md 1.6). */
const timeMs = 4_000
/** Outreach retries within seconds. An older deletion may be a recording: the delivery id in the header is not signed. */
const freshMs = 10 * 60_000

/** Acts on a lifecycle event; a failure is told to the admin, not to Outreach, which would not send it again. */
export async function handleLifecycle(
  deps: Deps,
  app: OpenApp,
  event: OutreachLifecycleEvent,
): Promise<DeliveryEnd> {
  try {
    switch (event.eventName) {
      case 'install.created':
        return arrivalEnd(await arrive(deps, app, event.installId, 'while_young'))
      case 'install.deleted':
        return isFresh(deps, event) ? await uninstall(deps, app, event) : await check(deps, app, event, true)
      default:
        return await check(deps, app, event, false)
    }
  } catch (error) {
    if (isPatchbayError(error)) return { failureWords: error.message }
    throw error
  }
}

function arrive(deps: Deps, app: OpenApp, externalInstallId: string, keepPair: 'while_young' | 'never') {
  return arriveInstall(deps, {
    app,
    grantKind: 's2s',
    externalInstallId,
    learntFrom: 'webhook',
    told: nothingTold,
    actor,
    admin: null,
    timeMs,
    keepPair,
    keepUnproven: true,
  })
}

function isFresh(deps: Pick<Deps, 'clock'>, { deliveredAt }: OutreachLifecycleEvent): boolean {
  return deliveredAt !== null && Math.abs(deps.clock.now().getTime() - deliveredAt.getTime()) <= freshMs
}

async function uninstall(deps: Deps, app: OpenApp, event: OutreachLifecycleEvent): Promise<DeliveryEnd> {
  const at = event.deliveredAt ?? deps.clock.now()
  const ended = await endInstall(deps, actor, { app, externalInstallId: event.installId, at })
  if (ended?.goesOnWith) await arrive(deps, app, ended.goesOnWith, 'never')
  return { installId: ended?.installId ?? null, connectionId: ended?.connectionId ?? null }
}

/**
 * One check of an install, for what we do not understand and for a deletion that may be a recording: a mint tells whether the
 * install lives, and its connection follows.
 */
async function check(
  deps: Deps,
  app: OpenApp,
  event: OutreachLifecycleEvent,
  saidDeleted: boolean,
): Promise<DeliveryEnd> {
  const known = await deps.db.install.findUnique({
    where: { appId_externalInstallId: { appId: app.id, externalInstallId: event.installId } },
    select: { id: true, state: true, connectionId: true },
  })
  if (known?.state !== 'accepted' || !known.connectionId) {
    if (known?.state === 'waiting' && saidDeleted) return uninstallUnlessAlive(deps, app, event)
    return saidDeleted
      ? { installId: known?.id ?? null }
      : arrivalEnd(await arrive(deps, app, event.installId, 'while_young'))
  }
  const result = await rotateConnection(deps, known.connectionId, {
    cause: 'check_again',
    deadlineMs: timeMs,
  })
  const gone = result.kind === 'failed' && (result.outcome === 'terminal' || result.outcome === 'uncertain')
  if (gone && saidDeleted) return uninstall(deps, app, event)
  return { installId: known.id, connectionId: known.connectionId }
}

async function uninstallUnlessAlive(
  deps: Deps,
  app: OpenApp,
  event: OutreachLifecycleEvent,
): Promise<DeliveryEnd> {
  const outcome = await arrive(deps, app, event.installId, 'never')
  const gone = outcome.kind === 'failed' && outcome.failure.outcome === 'terminal'
  return gone ? uninstall(deps, app, event) : arrivalEnd(outcome)
}
