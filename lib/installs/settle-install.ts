import { writeAudit } from '../audit/write-audit'
import type { Actor, UserActor } from '../core/actor'
import { newId } from '../core/ids'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import type { TokenSet } from '../providers/contract'
import { clearAppFault } from '../rotation/app-fault'
import { type ConnectionChange, changeConnection } from '../rotation/change-connection'
import { writeJournal } from '../rotation/journal'
import { firstPairKind, storePair } from '../rotation/store-pair'
import { type Acceptance, decideAcceptance } from './decide-acceptance'
import { type FoundConnection, findConnection, pastOf } from './find-connection'
import {
  type InstallAccount,
  type InstallApp,
  type InstallGrant,
  type InstallOrigin,
  type InstallTold,
  installAccount,
  unnamedAccount,
} from './install-facts'
import { installReference } from './install-reference'
import { lockInstalls } from './lock-installs'
import { answerPresses, openPresses } from './open-presses'

export type SettleInput = {
  app: InstallApp
  grantKind: InstallGrant
  externalInstallId: string
  learntFrom: InstallOrigin
  told: InstallTold
  /** A pair just obtained, and when it was asked for; `null` keeps the stored one. */
  obtained: { tokens: TokenSet; startedAt: Date } | null
  /** Whom the audit trail names. */
  actor: Actor
  /** The admin who brought or accepted it himself. */
  admin: UserActor | null
}

export type SettledInstall = {
  installId: string
  reference: string
  state: 'waiting' | 'accepted'
  connectionId: string
  /** `null` while nothing has told it. */
  orgName: string | null
  /** Presses of Connect that it answered. */
  flowIds: readonly string[]
  /** Whether anything changed: a repeated message settles what is settled. */
  isNews: boolean
}

/**
 * Brings one install, its connection and its token pair into one state, in one transaction: whichever of landing, webhook
 * and press comes first, there is one install row and one connection in the end. Settling twice changes nothing more.
 *
 * @param tx a transaction; arrivals of one app settle one after the other, so that a press speaks for one install only
 * @throws PatchbayError `provider_answer_invalid` when the install acts for another account than before
 */
export async function settleInstall(tx: Tx, deps: Deps, input: SettleInput): Promise<SettledInstall> {
  await lockInstalls(tx, input.app.id)
  const key = { appId: input.app.id, externalInstallId: input.externalInstallId }
  const known = await tx.install.findUnique({
    where: { appId_externalInstallId: key },
    select: { id: true, reference: true, state: true, connectionId: true, externalOrgId: true },
  })
  const account = installAccount(input.obtained?.tokens ?? null, input.told)
  const found = await findConnection(tx, {
    appId: input.app.id,
    grantKind: input.grantKind,
    accountId: account.id ?? known?.externalOrgId ?? null,
    ownId: known?.connectionId ?? null,
  })
  const acceptance = decideAcceptance({
    adminId: input.admin?.id ?? null,
    before: pastOf(found),
    connectionId: found?.id ?? null,
    presses: await openPresses(tx, deps, input.app.id, input.grantKind),
    otherWaiting: await countOtherWaiting(tx, key, found),
  })
  const connectionId = await bringConnection(tx, deps, input, account, found, acceptance)
  if (input.obtained) await storeObtained(tx, deps, input, connectionId, input.obtained)
  const install = await writeInstall(tx, deps, input, account, known?.id ?? null, {
    connectionId,
    state: acceptance.kind === 'accept' ? 'accepted' : 'waiting',
  })
  const answers = acceptance.kind === 'accept' ? acceptance.answers : []
  if (acceptance.kind === 'accept') {
    // The company was accepted: another install of the same company need not wait any longer.
    await tx.install.updateMany({ where: { connectionId, state: 'waiting' }, data: { state: 'accepted' } })
    await answerPresses(tx, deps, answers, connectionId)
  }
  const news = whatHappened(known?.state ?? null, found, acceptance, input.obtained !== null)
  if (news) {
    await writeAudit(tx, deps, input.actor, {
      action: news,
      subject: { kind: 'install', id: install.id, name: install.orgName ?? install.reference },
      connectionId,
      detail: {
        app: input.app.name,
        installId: input.externalInstallId,
        reference: install.reference,
        learntFrom: input.learntFrom,
        acceptedBecause: acceptance.kind === 'accept' ? acceptance.because : null,
        newTokens: input.obtained !== null,
      },
    })
  }
  return {
    installId: install.id,
    reference: install.reference,
    state: acceptance.kind === 'accept' ? 'accepted' : 'waiting',
    connectionId,
    orgName: install.orgName,
    flowIds: answers.map((press) => press.flowId),
    isNews: news !== null,
  }
}

async function writeInstall(
  tx: Tx,
  deps: Deps,
  input: SettleInput,
  account: InstallAccount,
  knownId: string | null,
  place: { connectionId: string; state: 'waiting' | 'accepted' },
): Promise<{ id: string; reference: string; orgName: string | null }> {
  const columns = {
    ...place,
    uninstalledAt: null,
    ...present({
      externalOrgId: account.orgId,
      orgName: account.orgName,
      apiUrl: account.apiUrl,
      installedAt: input.told.installedAt,
    }),
  }
  const select = { id: true, reference: true, orgName: true } as const
  if (knownId) return tx.install.update({ where: { id: knownId }, data: columns, select })
  return tx.install.create({ data: { ...newInstall(deps, input), ...columns }, select })
}

/** The row of an install that is heard of for the first time. */
export function newInstall(
  deps: Pick<Deps, 'clock' | 'random'>,
  input: Pick<SettleInput, 'app' | 'externalInstallId' | 'learntFrom'>,
) {
  const now = deps.clock.now()
  return {
    id: newId('install', now.getTime(), deps.random.bytes(10)),
    provider: input.app.provider,
    appId: input.app.id,
    externalInstallId: input.externalInstallId,
    reference: installReference(deps.random.bytes(5)),
    learntFrom: input.learntFrom,
    createdAt: now,
  }
}

async function countOtherWaiting(
  tx: Pick<Tx, 'install'>,
  key: { appId: string; externalInstallId: string },
  found: FoundConnection | null,
): Promise<number> {
  const waiting = await tx.install.findMany({
    where: { appId: key.appId, state: 'waiting', externalInstallId: { not: key.externalInstallId } },
    select: { connectionId: true },
  })
  return waiting.filter((other) => found === null || other.connectionId !== found.id).length
}

async function bringConnection(
  tx: Tx,
  deps: Deps,
  input: SettleInput,
  account: InstallAccount,
  found: FoundConnection | null,
  acceptance: Acceptance,
): Promise<string> {
  const now = deps.clock.now()
  const accepted = acceptance.kind === 'accept'
  const becomesLive = accepted && found?.lifecycle !== 'live'
  const change: ConnectionChange = {
    lifecycle: accepted ? 'live' : 'pending',
    endedAt: null,
    endedReason: null,
    pendingReason: accepted ? null : 'unrequested_install',
    ...present({
      externalAccountId: account.id,
      accountName: account.name,
      accountEmail: account.email,
      externalOrgId: account.orgId,
      orgName: account.orgName,
      apiUrl: account.apiUrl,
    }),
    ...(becomesLive ? { consentAt: now, connectedBy: connectedBy(input, acceptance) } : {}),
  }
  if (found) {
    await changeConnection(tx, found.id, change)
    return found.id
  }
  const id = newId('connection', now.getTime(), deps.random.bytes(10))
  await tx.connection.create({
    data: {
      id,
      provider: input.app.provider,
      appId: input.app.id,
      grantKind: input.grantKind,
      lifecycle: 'pending',
      accountName: account.name ?? unnamedAccount(input.app.provider, account.id, input.externalInstallId),
      requestedScopes: [...input.app.scopes],
      createdAt: now,
    },
    select: { id: true },
  })
  await changeConnection(tx, id, change)
  return id
}

function connectedBy(input: SettleInput, acceptance: Acceptance): string | null {
  if (input.admin) return input.admin.name
  return acceptance.kind === 'accept' ? (acceptance.answers[0]?.userName ?? null) : null
}

async function storeObtained(
  tx: Tx,
  deps: Deps,
  input: SettleInput,
  connectionId: string,
  obtained: NonNullable<SettleInput['obtained']>,
): Promise<void> {
  const before = await tx.connection.findUniqueOrThrow({
    where: { id: connectionId },
    select: { generation: true },
  })
  const kind = firstPairKind(input.grantKind)
  await storePair(tx, deps, {
    connectionId,
    tokens: obtained.tokens,
    kind,
    generation: before.generation + 1,
  })
  await writeJournal(tx, deps, {
    connectionId,
    kind,
    cause: before.generation === 0 ? 'connect' : 'reconnect',
    generation: before.generation,
    refreshFingerprint: null,
    startedAt: obtained.startedAt,
  })
  await clearAppFault(tx, input.app.id)
}

/** The trail's word for it, `null` when a repeated message changed nothing. */
function whatHappened(
  stateBefore: string | null,
  found: FoundConnection | null,
  acceptance: Acceptance,
  newTokens: boolean,
): string | null {
  const same =
    acceptance.kind === 'wait'
      ? stateBefore === 'waiting' && found !== null
      : stateBefore === 'accepted' && found?.lifecycle === 'live'
  if (same) return newTokens ? 'install.renewed' : null
  return acceptance.kind === 'wait' ? 'install.received' : 'install.accepted'
}

/** The fields that are known: what one message does not tell must not erase what another told. */
function present<T extends Record<string, unknown>>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const known = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(known) as { [K in keyof T]?: NonNullable<T[K]> }
}
