import { writeAudit } from '../audit/write-audit'
import type { Actor, UserActor } from '../core/actor'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { isHeld } from '../instance/refuse-while-held'
import { markAppFault, noteAppWorks } from '../provider-apps/app-fault'
import type { FailureWords, OpenApp, TokenOutcome, TokenSet } from '../providers/contract'
import { announceStatus } from '../rotation/announce-status'
import { callContext } from '../rotation/call-context'
import { changeConnection } from '../rotation/change-connection'
import { nextSuspendedTryAt } from '../rotation/plan'
import { type InstallGrant, type InstallOrigin, type InstallTold, installAccount } from './install-facts'
import { withInstallLease } from './install-lease'
import { introduceConnection } from './introduce-connection'
import { openPresses } from './open-presses'
import { type InstallState, type SettledInstall, settleInstall } from './settle-install'
import { newInstall } from './write-install'

/** While a stored pair is younger, a repeated message makes no second token call (design 2C). */
const youngMs = 5 * 60_000
const callMinMs = 500

export type Arrival = {
  app: OpenApp
  grantKind: InstallGrant
  externalInstallId: string
  learntFrom: InstallOrigin
  told: InstallTold
  actor: Actor
  /** The admin who brought it himself; `null`: whether it waits is decided by the presses. */
  admin: UserActor | null
  /** Milliseconds, for the whole: waiting for another arrival of the same install, and the token call. */
  timeMs: number
  /** When the stored pair will do. */
  keepPair: 'while_young' | 'until_expiry' | 'never'
  /** Whether an install stays on the list, without tokens, when the provider cannot be asked now: it will not be told twice. */
  keepUnproven: boolean
}

export type ArrivalOutcome =
  | ({ kind: 'settled' } & SettledInstall)
  /** Known to exist, but no tokens yet: it waits, and accepting it asks again. */
  | { kind: 'unproven'; installId: string; reference: string; failure: ArrivalFailure }
  /** An admin has refused this install before, and nobody has asked for it since. */
  | { kind: 'refused_before'; installId: string; reference: string }
  | { kind: 'failed'; failure: ArrivalFailure }
  /** Another arrival of the same install did not end in time. */
  | { kind: 'busy' }

export type ArrivalFailure = FailureWords & {
  outcome: Exclude<TokenOutcome['kind'], 'renewed'> | 'other_account'
}

/**
 * An install that the provider has told of, by landing, webhook or pasted id: obtains its token pair unless a young one is
 * stored, and settles install, connection and pair. One arrival of an install runs at a time.
 *
 * @throws PatchbayError `provider_answer_invalid` when the install acts for another account than before
 */
export async function arriveInstall(deps: Deps, arrival: Arrival): Promise<ArrivalOutcome> {
  const key = { appId: arrival.app.id, externalInstallId: arrival.externalInstallId }
  const startedMs = deps.clock.now().getTime()
  const leased = await withInstallLease(deps, key, arrival.timeMs - callMinMs, (waitedMs) =>
    receiveAnew(deps, arrival, arrival.timeMs - waitedMs),
  )
  const outcome = leased.kind === 'busy' ? leased : leased.value
  await introduce(deps, arrival, outcome, deps.clock.now().getTime() - startedMs)
  await publishArrival(deps, outcome)
  return outcome
}

/** The name of an account that nothing has told is asked for with the time that is left; tokens that wait are not used. */
async function introduce(
  deps: Deps,
  { app, timeMs }: Arrival,
  outcome: ArrivalOutcome,
  spentMs: number,
): Promise<void> {
  const leftMs = timeMs - spentMs
  if (outcome.kind !== 'settled' || outcome.state !== 'accepted') return
  if (outcome.orgName !== null || !outcome.isNews || leftMs < callMinMs) return
  await introduceConnection(deps, app, outcome.connectionId, leftMs)
}

/** What happened to the install while the provider was asked (refused, uninstalled, its tokens erased) is looked at anew. */
async function receiveAnew(deps: Deps, arrival: Arrival, callMs: number): Promise<ArrivalOutcome> {
  for (let triesLeft = 3; triesLeft > 0; triesLeft -= 1) {
    const outcome = await receive(deps, arrival, callMs)
    if (outcome !== 'superseded') return outcome
  }
  return { kind: 'busy' }
}

async function receive(deps: Deps, arrival: Arrival, callMs: number): Promise<ArrivalOutcome | 'superseded'> {
  const { app, grantKind, externalInstallId } = arrival
  const known = await readKnown(deps, arrival)
  if (known?.state === 'refused' && !arrival.admin) {
    const presses = await deps.db.$transaction((tx) => openPresses(tx, deps, app.id, grantKind))
    if (presses.length === 0)
      return { kind: 'refused_before', installId: known.id, reference: known.reference }
  }
  // In a copy of a database the stored pair does, whatever its age: a new one might end the original's.
  const keepsPair = known?.connection?.pair && (await isHeld(deps))
  if (known && (keepsPair || pairWillDo(known.connection, arrival.keepPair, deps.clock.now()))) {
    return settle(deps, arrival, known.state, null)
  }
  const startedAt = deps.clock.now()
  const outcome = await deps.providers
    .get(app.provider)
    .mint(callContext(deps, callMs), app, { grant: grantKind, externalInstallId })
  if (outcome.kind !== 'renewed') return failed(deps, arrival, outcome, known)
  const { orgId } = arrival.told
  const told = installAccount(outcome.tokens, arrival.told).orgId
  if (orgId !== null && told !== orgId) return otherAccount()
  return settle(deps, arrival, known?.state ?? null, { tokens: outcome.tokens, startedAt })
}

type Known = NonNullable<Awaited<ReturnType<typeof readKnown>>>

async function readKnown(deps: Pick<Deps, 'db'>, { app, externalInstallId }: Arrival) {
  return deps.db.install.findUnique({
    where: { appId_externalInstallId: { appId: app.id, externalInstallId } },
    select: {
      id: true,
      state: true,
      reference: true,
      connection: {
        select: {
          id: true,
          provider: true,
          label: true,
          accountName: true,
          lastSuccessAt: true,
          lifecycle: true,
          suspendedAt: true,
          needsReconnectAt: true,
          uncertainAt: true,
          pair: { select: { obtainedAt: true, accessExpiresAt: true } },
        },
      },
    },
  })
}

function pairWillDo(connection: Known['connection'], keep: Arrival['keepPair'], now: Date): boolean {
  if (!connection?.pair || keep === 'never') return false
  if (connection.suspendedAt || connection.needsReconnectAt || connection.uncertainAt) return false
  const { obtainedAt, accessExpiresAt } = connection.pair
  if (accessExpiresAt !== null && accessExpiresAt <= now) return false
  return keep === 'until_expiry' || now.getTime() - obtainedAt.getTime() < youngMs
}

async function settle(
  deps: Deps,
  arrival: Arrival,
  seen: InstallState | null,
  obtained: { tokens: TokenSet; startedAt: Date } | null,
): Promise<ArrivalOutcome | 'superseded'> {
  const { app, grantKind, externalInstallId, learntFrom, told, actor, admin } = arrival
  const input = { app, grantKind, externalInstallId, learntFrom, told, seen, obtained, actor, admin }
  const settled = await deps.db.$transaction((tx) => settleInstall(tx, deps, input))
  if (obtained) await noteAppWorks(deps, app.id)
  return settled === 'superseded' ? settled : { kind: 'settled', ...settled }
}

async function failed(
  deps: Deps,
  arrival: Arrival,
  outcome: Exclude<TokenOutcome, { kind: 'renewed' }>,
  known: Known | null,
): Promise<ArrivalOutcome | 'superseded'> {
  const { code, words, status } = outcome
  const failure: ArrivalFailure = { outcome: outcome.kind, code, words, status }
  const live = known?.connection?.lifecycle === 'live' ? known.connection : null
  const unproven = await deps.db.$transaction(async (tx) => {
    if (outcome.kind === 'app_fault') await markAppFault(tx, deps, arrival.app.id, outcome)
    if (outcome.kind === 'suspended' && live) await suspend(tx, deps, live, failure)
    if (!arrival.keepUnproven || outcome.kind === 'terminal' || live) return null
    return known?.state === 'waiting' ? known : keepUnproven(tx, deps, arrival, known, failure)
  })
  if (outcome.kind === 'app_fault') await deps.events.publish({ topic: 'app', id: arrival.app.id })
  if (unproven) {
    return { kind: 'unproven', installId: unproven.id, reference: unproven.reference, failure }
  }
  const goesOn = arrival.keepUnproven && live && outcome.kind !== 'terminal'
  return goesOn ? settle(deps, arrival, known?.state ?? null, null) : { kind: 'failed', failure }
}

async function suspend(
  tx: Tx,
  deps: Deps,
  connection: NonNullable<Known['connection']>,
  failure: ArrivalFailure,
): Promise<void> {
  const now = deps.clock.now()
  const { before, after } = await changeConnection(tx, connection.id, {
    suspendedAt: connection.suspendedAt ?? now,
    suspendedReason: failure.words,
    nextAttemptAt: nextSuspendedTryAt(now.getTime()),
    failureAt: now,
    failureCode: failure.code,
    failureWords: failure.words,
  })
  if (before !== after) await announceStatus(tx, deps, connection, after, failure)
}

/** The install goes on the list of those that wait, or back on it. */
async function keepUnproven(
  tx: Tx,
  deps: Deps,
  arrival: Arrival,
  known: Known | null,
  failure: ArrivalFailure,
): Promise<{ id: string; reference: string }> {
  const { orgId, ...told } = arrival.told
  const select = { id: true, reference: true } as const
  const install = known
    ? await tx.install.update({
        where: { id: known.id },
        data: { state: 'waiting', uninstalledAt: null },
        select,
      })
    : await tx.install.create({
        data: { ...newInstall(deps, arrival), ...told, externalOrgId: orgId },
        select,
      })
  await writeAudit(tx, deps, arrival.actor, {
    action: 'install.received',
    subject: { kind: 'install', id: install.id, name: told.orgName ?? install.reference },
    connectionId: known?.connection?.id ?? null,
    detail: {
      app: arrival.app.name,
      installId: arrival.externalInstallId,
      reference: install.reference,
      learntFrom: arrival.learntFrom,
      newTokens: false,
      failure: failure.code,
    },
  })
  return install
}

function otherAccount(): ArrivalOutcome {
  const words = 'The token answer names another organisation than the install.'
  return { kind: 'failed', failure: { outcome: 'other_account', code: 'other_account', words, status: null } }
}

async function publishArrival(deps: Pick<Deps, 'events'>, outcome: ArrivalOutcome): Promise<void> {
  if (outcome.kind === 'unproven') await deps.events.publish({ topic: 'install', id: outcome.installId })
  if (outcome.kind !== 'settled') return
  await deps.events.publish({ topic: 'install', id: outcome.installId })
  await deps.events.publish({ topic: 'connection', id: outcome.connectionId })
  for (const id of outcome.flowIds) await deps.events.publish({ topic: 'flow', id })
}
