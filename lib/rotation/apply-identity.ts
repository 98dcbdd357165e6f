import { PatchbayError } from '../core/errors'
import type { GrantKind } from '../core/provider'
import type { Secret } from '../core/secret'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import type { AccountIdentity, ApiAnswerFacts, IdentifyOutcome, OpenApp } from '../providers/contract'
import { recordAnswers } from '../rate-limits/record-answers'
import { callContext, probeDeadlineMs } from './call-context'
import { changeConnection } from './change-connection'
import { markUsed } from './first-use'
import { movePair } from './move-pair'
import { readRotationState } from './rotation-state'

/** Shown until the provider has told whose account it is. */
export const unnamedAccount = 'Name not known yet'

/**
 * Asks the provider whose a stored pair is. It is the pair's first use too. What the token answer already told stands in for
 * an answer that does not come.
 *
 * @param account as the token answer has it
 */
export async function identifyStored(
  deps: Deps,
  app: OpenApp,
  connectionId: string,
  { accessToken, account }: { accessToken: Secret; account: Partial<AccountIdentity> },
): Promise<IdentifyOutcome> {
  const state = await readRotationState(deps, connectionId)
  const answers: ApiAnswerFacts[] = []
  const outcome = await deps.providers
    .get(state.provider)
    .identify(callContext(deps, probeDeadlineMs, answers), app, {
      grant: state.grantKind,
      accessToken,
      apiUrl: account.apiUrl ?? state.apiUrl,
      account,
    })
  if (outcome.kind === 'identified') {
    const { externalAccountId, externalOrgId } = outcome.identity
    recordAnswers(deps, { ...state, externalAccountId, externalOrgId }, answers)
    await markUsed(deps, connectionId, state.generation)
    return outcome
  }
  const told = identityOf(account)
  return told ? { kind: 'identified', identity: told } : outcome
}

function identityOf(account: Partial<AccountIdentity>): AccountIdentity | null {
  const { externalAccountId } = account
  if (!externalAccountId) return null
  return {
    externalAccountId,
    accountName: account.accountName ?? account.orgName ?? unnamedAccount,
    accountEmail: account.accountEmail ?? null,
    externalOrgId: account.externalOrgId ?? null,
    orgName: account.orgName ?? null,
    apiUrl: account.apiUrl ?? null,
    scopes: account.scopes ?? null,
  }
}

/**
 * Writes who a connection's tokens act for. Where the same account is already connected by the same app and grant, that
 * connection takes the pair over and this one goes: an account is connected once.
 *
 * @param tx a transaction
 * @returns the connection that has the pair now
 * @throws PatchbayError `conflict` when one of the two pairs is replaced at this very moment: try the transaction again
 */
export async function applyIdentity(
  tx: Tx,
  deps: Deps,
  connectionId: string,
  identity: AccountIdentity,
): Promise<{ connectionId: string; merged: boolean }> {
  const { externalAccountId, externalOrgId } = identity
  const row = await tx.connection.findUniqueOrThrow({
    where: { id: connectionId },
    select: { appId: true, grantKind: true, lifecycle: true },
  })
  const twinId =
    row.lifecycle === 'live'
      ? await liveTwin(tx, connectionId, { ...row, externalAccountId, externalOrgId })
      : null
  if (!twinId) {
    await writeIdentity(tx, connectionId, identity)
    return { connectionId, merged: false }
  }
  if (!(await movePair(tx, deps, { fromId: connectionId, toId: twinId }))) {
    throw new PatchbayError('conflict', 'The connection is being renewed at this very moment: try again.')
  }
  await writeIdentity(tx, twinId, identity)
  return { connectionId: twinId, merged: true }
}

type Account = {
  appId: string
  grantKind: GrantKind
  externalAccountId: string
  /** `null` where the provider has not told it: then the account's id alone decides. */
  externalOrgId: string | null
}

/**
 * The live connection of the same app, account and grant, if there is one. A second one is kept out until the transaction ends.
 * Outreach numbers its users: the same number in another org is another person.
 *
 * @param exceptId the connection that asks
 */
export async function liveTwin(tx: Tx, exceptId: string, account: Account): Promise<string | null> {
  const { appId, grantKind, externalAccountId, externalOrgId } = account
  const key = JSON.stringify([appId, grantKind, externalAccountId])
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`
  const twin = await tx.connection.findFirst({
    where: {
      appId,
      grantKind,
      externalAccountId,
      lifecycle: 'live',
      id: { not: exceptId },
      ...(externalOrgId === null ? {} : { OR: [{ externalOrgId }, { externalOrgId: null }] }),
    },
    orderBy: { id: 'asc' },
    select: { id: true },
  })
  return twin?.id ?? null
}

async function writeIdentity(tx: Tx, connectionId: string, identity: AccountIdentity): Promise<void> {
  await changeConnection(tx, connectionId, {
    externalAccountId: identity.externalAccountId,
    accountName: identity.accountName,
    accountEmail: identity.accountEmail,
    externalOrgId: identity.externalOrgId,
    orgName: identity.orgName,
    apiUrl: identity.apiUrl,
    ...(identity.scopes ? { grantedScopes: identity.scopes, scopesReported: true } : {}),
  })
}
