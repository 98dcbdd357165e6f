import { writeAudit } from '../audit/write-audit'
import type { Actor, UserActor } from '../core/actor'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import type { TokenSet } from '../providers/contract'
import { writeJournal } from '../rotation/journal'
import { firstPairKind, storePair } from '../rotation/store-pair'
import { bringConnection } from './bring-connection'
import { type Acceptance, decideAcceptance } from './decide-acceptance'
import { type FoundConnection, findConnection, pastOf } from './find-connection'
import {
  type InstallApp,
  type InstallGrant,
  type InstallOrigin,
  type InstallTold,
  installAccount,
} from './install-facts'
import { lockInstalls } from './lock-installs'
import { answerPresses, openPresses } from './open-presses'
import { writeInstall } from './write-install'

export type SettleInput = {
  app: InstallApp
  grantKind: InstallGrant
  externalInstallId: string
  learntFrom: InstallOrigin
  told: InstallTold
  /** The install's state as the caller read it, `null` where it had no row. */
  seen: InstallState | null
  /** A pair just obtained, and when it was asked for; `null` keeps the stored one. */
  obtained: { tokens: TokenSet; startedAt: Date } | null
  /** Whom the audit trail names. */
  actor: Actor
  /** The admin who brought or accepted it himself. */
  admin: UserActor | null
}

export type InstallState = 'waiting' | 'accepted' | 'refused' | 'uninstalled'

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
 * @returns `superseded`, and nothing is written, when the install was refused or uninstalled meanwhile, or the pair that was to
 * be kept was erased: then it has to be looked at anew
 * @throws PatchbayError `provider_answer_invalid` when the install acts for another account than before
 */
export async function settleInstall(
  tx: Tx,
  deps: Deps,
  input: SettleInput,
): Promise<SettledInstall | 'superseded'> {
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
  if ((known?.state ?? null) !== input.seen) return 'superseded'
  if (!input.obtained && !(await hasPair(tx, found))) return 'superseded'
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

async function hasPair(tx: Pick<Tx, 'tokenPair'>, found: FoundConnection | null): Promise<boolean> {
  return found !== null && (await tx.tokenPair.count({ where: { connectionId: found.id } })) > 0
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
  const stored = await storePair(tx, deps, {
    connectionId,
    tokens: obtained.tokens,
    kind,
    generation: before.generation + 1,
  })
  // The connection's row is locked by whoever found or made it: nobody else stores in between.
  if (!stored) throw new Error('a pair was stored in the middle of an install')
  await writeJournal(tx, deps, {
    connectionId,
    kind,
    cause: before.generation === 0 ? 'connect' : 'reconnect',
    generation: before.generation,
    refreshFingerprint: null,
    startedAt: obtained.startedAt,
  })
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
