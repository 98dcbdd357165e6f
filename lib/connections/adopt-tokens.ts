import { writeAudit } from '../audit/write-audit'
import type { UserActor } from '../core/actor'
import { newId } from '../core/ids'
import type { GrantKind } from '../core/provider'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { noteAppWorks } from '../provider-apps/app-fault'
import type { AccountIdentity, IdentifyOutcome, OpenApp, TokenSet } from '../providers/contract'
import { applyIdentity, identifyStored, liveTwin, unnamedAccount } from '../rotation/apply-identity'
import { changeConnection } from '../rotation/change-connection'
import { commitTokens } from '../rotation/commit-tokens'
import { writeJournal } from '../rotation/journal'
import { movePair } from '../rotation/move-pair'
import { firstPairKind, storePair } from '../rotation/store-pair'
import { completeFlow } from './end-flow'

/** What an adoption needs of a flow's row. */
export type AdoptingFlow = {
  id: string
  grantKind: GrantKind
  scopes: string[]
  /** The connection to reconnect. */
  connectionId: string | null
}

export type Adopted =
  | { kind: 'connected'; flowId: string; connectionId: string; isNew: boolean }
  /** A reconnect came back as somebody else, or as nobody knows whom: nothing is overwritten. */
  | { kind: 'other_account'; flowId: string; pendingId: string; connectionId: string }

/**
 * Makes a connection of the tokens that a flow obtained. They are stored first, in a connection of their own, and used after:
 * the flow works too when the provider does not tell whose they are. Then the pair goes to the connection that it renews.
 *
 * @param startedAt of the token call
 */
export async function adoptTokens(
  deps: Deps,
  user: UserActor,
  app: OpenApp,
  flow: AdoptingFlow,
  { tokens, startedAt }: { tokens: TokenSet; startedAt: Date },
): Promise<Adopted> {
  const storedId = await storeTokens(deps, user, app, flow, { tokens, startedAt })
  const { accessToken, account } = tokens
  const identified = await identifyStored(deps, app, storedId, { accessToken, account })
  const adopted = await withOneRetry(() =>
    deps.db.$transaction((tx) =>
      flow.connectionId
        ? placeReconnect(tx, deps, user, app, flow, storedId, flow.connectionId, identified)
        : placeNew(tx, deps, user, app, flow, storedId, identified),
    ),
  )
  await deps.events.publish({ topic: 'flow', id: flow.id })
  await deps.events.publish({ topic: 'connection', id: adopted.connectionId })
  return adopted
}

async function storeTokens(
  deps: Deps,
  user: UserActor,
  app: OpenApp,
  flow: AdoptingFlow,
  { tokens, startedAt }: { tokens: TokenSet; startedAt: Date },
): Promise<string> {
  const now = deps.clock.now()
  const connectionId = newId('connection', now.getTime(), deps.random.bytes(10))
  const kind = firstPairKind(flow.grantKind)
  const write = async (tx: Tx) => {
    const where = { id: connectionId }
    if (await tx.connection.findUnique({ where, select: { id: true } })) return
    await tx.connection.create({
      data: {
        id: connectionId,
        provider: app.provider,
        appId: app.id,
        grantKind: flow.grantKind,
        // A reconnect may come back as another account: until that is known, nothing uses its tokens.
        lifecycle: flow.connectionId ? 'pending' : 'live',
        pendingReason: flow.connectionId ? 'other_account' : null,
        replacesId: flow.connectionId,
        accountName: unnamedAccount,
        requestedScopes: flow.scopes,
        consentAt: now,
        connectedBy: user.name,
        createdAt: now,
      },
      select: { id: true },
    })
    await storePair(tx, deps, { connectionId, tokens, kind, generation: 1 })
    await writeJournal(tx, deps, {
      connectionId,
      kind,
      cause: flow.connectionId ? 'reconnect' : 'connect',
      generation: 0,
      refreshFingerprint: null,
      startedAt,
    })
    await completeFlow(tx, flow.id, flow.connectionId ? 'other_account' : 'completed', connectionId)
    await writeAudit(tx, deps, user, {
      action: 'flow.tokens_stored',
      subject: { kind: 'flow', id: flow.id, name: app.name },
      connectionId,
    })
  }
  await commitTokens(deps, { flowId: flow.id }, () => deps.db.$transaction(write))
  await noteAppWorks(deps, app.id)
  return connectionId
}

async function placeNew(
  tx: Tx,
  deps: Deps,
  user: UserActor,
  app: OpenApp,
  flow: AdoptingFlow,
  storedId: string,
  identified: IdentifyOutcome,
): Promise<Adopted> {
  if (identified.kind !== 'identified') {
    await noteUnnamed(tx, deps, storedId, identified)
    await auditConnected(tx, deps, user, app, flow, { id: storedId, name: unnamedAccount, isNew: true })
    return { kind: 'connected', flowId: flow.id, connectionId: storedId, isNew: true }
  }
  const { identity } = identified
  const { connectionId, merged } = await applyIdentity(tx, deps, storedId, identity)
  const isNew = !merged
  await auditConnected(tx, deps, user, app, flow, { id: connectionId, name: identity.accountName, isNew })
  return { kind: 'connected', flowId: flow.id, connectionId, isNew }
}

async function placeReconnect(
  tx: Tx,
  deps: Deps,
  user: UserActor,
  app: OpenApp,
  flow: AdoptingFlow,
  storedId: string,
  targetId: string,
  identified: IdentifyOutcome,
): Promise<Adopted> {
  if (identified.kind !== 'identified') {
    await noteUnnamed(tx, deps, storedId, identified)
    return otherAccount(tx, deps, user, flow, { targetId, storedId, name: unnamedAccount })
  }
  const { identity } = identified
  await applyIdentity(tx, deps, storedId, identity)
  const toId = await sameAccount(tx, app, flow, targetId, identity)
  if (toId) {
    if (!(await movePair(tx, deps, { fromId: storedId, toId }))) {
      throw new Error('the connection was renewed at the same moment')
    }
    await completeFlow(tx, flow.id, 'completed', toId)
    await auditConnected(tx, deps, user, app, flow, { id: toId, name: identity.accountName, isNew: false })
    return { kind: 'connected', flowId: flow.id, connectionId: toId, isNew: false }
  }
  return otherAccount(tx, deps, user, flow, { targetId, storedId, name: identity.accountName })
}

async function otherAccount(
  tx: Tx,
  deps: Deps,
  user: UserActor,
  flow: AdoptingFlow,
  { targetId, storedId, name }: { targetId: string; storedId: string; name: string },
): Promise<Adopted> {
  await writeAudit(tx, deps, user, {
    action: 'connection.other_account_came_back',
    subject: { kind: 'connection', id: targetId, name },
    detail: { pendingId: storedId },
  })
  return { kind: 'other_account', flowId: flow.id, pendingId: storedId, connectionId: targetId }
}

/**
 * The connection that a reconnect renews: the one it was pressed on, if the account is the same or was never known. Where an
 * ended one comes back while the account is already connected again, that newer connection is renewed.
 */
async function sameAccount(
  tx: Tx,
  app: OpenApp,
  flow: AdoptingFlow,
  targetId: string,
  { externalAccountId, externalOrgId }: AccountIdentity,
): Promise<string | null> {
  const target = await tx.connection.findUnique({
    where: { id: targetId },
    select: { externalAccountId: true, externalOrgId: true },
  })
  if (!target) return null
  if (target.externalAccountId !== null && target.externalAccountId !== externalAccountId) return null
  if (target.externalOrgId !== null && externalOrgId !== null && target.externalOrgId !== externalOrgId)
    return null
  const account = { appId: app.id, grantKind: flow.grantKind, externalAccountId, externalOrgId }
  return (await liveTwin(tx, targetId, account)) ?? targetId
}

/** A stored pair whose owner the provider did not tell: a refused one is renewed soon, any other is left as it is. */
async function noteUnnamed(
  tx: Tx,
  deps: Deps,
  connectionId: string,
  identified: Exclude<IdentifyOutcome, { kind: 'identified' }>,
): Promise<void> {
  const now = deps.clock.now()
  await changeConnection(tx, connectionId, {
    failureAt: now,
    failureCode: identified.code,
    failureWords: identified.words,
    ...(identified.kind === 'dead' ? { retryingSince: now, nextAttemptAt: now } : {}),
  })
}

async function auditConnected(
  tx: Tx,
  deps: Deps,
  user: UserActor,
  app: OpenApp,
  flow: AdoptingFlow,
  { id, name, isNew }: { id: string; name: string; isNew: boolean },
): Promise<void> {
  await writeAudit(tx, deps, user, {
    action: isNew ? 'connection.connected' : 'connection.reconnected',
    subject: { kind: 'connection', id, name },
    detail: { app: app.name, grant: flow.grantKind, scopes: flow.scopes },
  })
}

/** A rotation that stores its pair at the same moment makes the first try fail; the second finds the new generation. */
async function withOneRetry<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch {
    return work()
  }
}
