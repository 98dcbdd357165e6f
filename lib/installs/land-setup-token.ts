import { networkOf } from '../auth/network-of'
import { countAttempt } from '../auth/throttle'
import { type Actor, hasRole, type UserActor } from '../core/actor'
import { isPatchbayError } from '../core/errors'
import { Secret } from '../core/secret'
import type { Deps } from '../deps'
import { markAppFault } from '../provider-apps/app-fault'
import { openApp } from '../provider-apps/open-app'
import type { OpenApp } from '../providers/contract'
import {
  isSetupTokenShape,
  type SetupTokenOutcome,
  validateSetupToken,
} from '../providers/outreach/setup-token'
import { callContext, requestDeadlineMs } from '../rotation/call-context'
import { acceptInstall } from './accept-install'
import { type ArrivalOutcome, arriveInstall } from './arrive-install'
import { chooseS2sApp } from './choose-s2s-app'
import { type LandingOutcome, type LandingRefusal, landingRefusal, refuseLanding } from './landing-outcome'
import {
  awaitTokenUse,
  claimToken,
  forgetTokenUse,
  keepTokenUse,
  readTokenUse,
  setupTokenHash,
  type TokenUse,
} from './setup-token-use'

export type Landing = {
  /** Last segment of the landing URL, `null` where it has none. */
  slug: string | null
  /** As it came in the query. */
  setupToken: string
  /** The visitor's. */
  address: string
}

/** A setup token is good for fifteen minutes (providers.md 1.5). */
const tokenLifeMs = 15 * 60_000
const minuteMs = 60_000
const perAddress = 10
const inAll = 60
const mintMs = 12_000
const reloadWaitMs = 15_000

/**
 * Somebody comes from Outreach after an install (seed 000). Anybody can call this address, so nothing is believed before
 * Outreach has confirmed the setup token, which is asked once per token value; a reload gets the same answer from our books.
 * A signed-in admin who lands has asked for the install by coming; anybody else's waits, unless a press speaks for it.
 *
 * @param actor who is signed in in that browser, `null` for a stranger
 */
export async function landSetupToken(
  deps: Deps,
  actor: Actor | null,
  landing: Landing,
): Promise<LandingOutcome> {
  if (!isSetupTokenShape(landing.setupToken)) return refuseLanding('setup_token_invalid')
  const chosen = await chooseS2sApp(deps, landing.slug)
  if (chosen.kind === 'none') return refuseLanding('not_found')
  if (chosen.kind === 'several') return refuseLanding('invalid_input')

  const setupToken = Secret.of(landing.setupToken)
  const place = { tokenHash: setupTokenHash(setupToken), appId: chosen.appId }
  const admin = actor && hasRole(actor, 'admin') ? actor : null
  const before = await readTokenUse(deps, place)
  if (before.kind !== 'unseen' && before.kind !== 'running') return known(deps, before, admin)
  const throttled = await throttle(deps, landing.address)
  if (throttled) return throttled
  if (!(await claimToken(deps, place))) {
    return known(deps, await awaitTokenUse(deps, place, reloadWaitMs), admin)
  }
  try {
    const visitor = { kind: 'visitor', address: landing.address } as const
    const landed = await validateAndReceive(deps, place.appId, setupToken, actor ?? visitor, admin)
    if (landed.keep) await keepTokenUse(deps, place.tokenHash, landed.keep)
    return landed.outcome
  } finally {
    // Where nothing was learnt for good, the same link may be opened again.
    await forgetTokenUse(deps, place.tokenHash)
  }
}

/** @returns `null` where it may go on; one address cannot use up what is left for all */
async function throttle(deps: Deps, address: string): Promise<LandingOutcome | null> {
  const own = await countAttempt(deps, `setup-token:${networkOf(address)}`, {
    limit: perAddress,
    windowMs: minuteMs,
  })
  if (!own.allowed) return refuseLanding('too_many_requests', own.retryAt)
  const all = await countAttempt(deps, 'setup-token', { limit: inAll, windowMs: minuteMs })
  return all.allowed ? null : refuseLanding('too_many_requests', all.retryAt)
}

/** The answer to a token value that was seen before. */
async function known(deps: Deps, use: TokenUse, admin: UserActor | null): Promise<LandingOutcome> {
  switch (use.kind) {
    case 'refused':
      return refuseLanding(landingRefusal(use.code))
    case 'foreign':
      return refuseLanding('setup_token_foreign')
    case 'running':
      return refuseLanding('conflict')
    case 'unseen':
      return refuseLanding('provider_unreachable')
    case 'landed':
      break
  }
  const young = deps.clock.now().getTime() - use.firstAt.getTime() < tokenLifeMs
  const install = await readInstall(deps, use.installId)
  if (install?.state === 'waiting' && admin && young) {
    await acceptInstall(deps, admin, { installId: use.installId }).catch((error) => {
      if (!isPatchbayError(error)) throw error
    })
    return presentState(await readInstall(deps, use.installId))
  }
  return presentState(install)
}

async function readInstall(deps: Pick<Deps, 'db'>, installId: string) {
  return deps.db.install.findUnique({
    where: { id: installId },
    select: { state: true, reference: true, connectionId: true },
  })
}

function presentState(install: Awaited<ReturnType<typeof readInstall>>): LandingOutcome {
  const reference = install?.reference
  if (!reference) return refuseLanding('setup_token_invalid')
  switch (install.state) {
    case 'accepted':
      return install.connectionId
        ? { kind: 'connected', connectionId: install.connectionId, reference }
        : { kind: 'waiting', reference }
    case 'waiting':
      return { kind: 'waiting', reference }
    case 'refused':
      return refuseLanding('forbidden')
    case 'uninstalled':
      return refuseLanding('provider_refused')
  }
}

/** `keep` is what a reload is to be answered from; `null` where the next try may end otherwise. */
type Landed = { outcome: LandingOutcome; keep: { installId: string } | { failure: LandingRefusal } | null }

async function validateAndReceive(
  deps: Deps,
  appId: string,
  setupToken: Secret,
  actor: Actor,
  admin: UserActor | null,
): Promise<Landed> {
  const app = await openApp(deps, appId)
  const validation = await validateSetupToken(callContext(deps, requestDeadlineMs), app, setupToken)
  switch (validation.kind) {
    case 'refused':
      return forGood(validation.code)
    case 'suspended':
      return forNow('connection_suspended')
    case 'transient':
      return forNow('provider_unreachable')
    case 'app_fault':
      return appFault(deps, app, validation)
    case 'valid':
      break
  }
  const { installId, orgId, orgName, apiUrl, installedAt } = validation.install
  try {
    const outcome = await arriveInstall(deps, {
      app,
      grantKind: 's2s',
      externalInstallId: installId,
      learntFrom: 'landing',
      told: { orgId, orgName, apiUrl, installedAt },
      actor,
      admin,
      timeMs: mintMs,
      keepPair: 'while_young',
      keepUnproven: true,
    })
    return landed(outcome)
  } catch (error) {
    if (isPatchbayError(error)) return forGood('provider_answer_invalid')
    throw error
  }
}

function landed(outcome: ArrivalOutcome): Landed {
  switch (outcome.kind) {
    case 'settled': {
      const { installId, connectionId, reference } = outcome
      const connected = outcome.state === 'accepted'
      return {
        outcome: connected ? { kind: 'connected', connectionId, reference } : { kind: 'waiting', reference },
        keep: { installId },
      }
    }
    case 'unproven':
      return {
        outcome: { kind: 'waiting', reference: outcome.reference },
        keep: { installId: outcome.installId },
      }
    case 'refused_before':
      return { outcome: refuseLanding('forbidden'), keep: { installId: outcome.installId } }
    case 'busy':
      return forNow('conflict')
    case 'failed':
      return outcome.failure.outcome === 'other_account'
        ? forGood('provider_answer_invalid')
        : forGood('provider_refused')
  }
}

async function appFault(
  deps: Deps,
  app: OpenApp,
  failure: Extract<SetupTokenOutcome, { kind: 'app_fault' }>,
): Promise<Landed> {
  if (failure.code === 'provider_app_incomplete') return forNow('provider_app_incomplete')
  await deps.db.$transaction((tx) => markAppFault(tx, deps, app.id, failure))
  await deps.events.publish({ topic: 'app', id: app.id })
  return forNow('app_misconfigured')
}

function forGood(code: LandingRefusal): Landed {
  return { outcome: refuseLanding(code), keep: { failure: code } }
}

function forNow(code: LandingRefusal): Landed {
  return { outcome: refuseLanding(code), keep: null }
}
