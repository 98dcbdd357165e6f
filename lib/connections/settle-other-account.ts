import { z } from 'zod'
import { writeAudit } from '../audit/write-audit'
import { type Actor, requireRole, type UserActor } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { refuseWhileHeld } from '../instance/refuse-while-held'
import { liveTwin } from '../rotation/apply-identity'
import { changeConnection } from '../rotation/change-connection'
import { movePair } from '../rotation/move-pair'
import { parseInput } from '../rotation/parse-input'
import { revokeStored } from './revoke-stored'

const inputSchema = z.object({
  pendingId: z.string().max(64),
  choice: z.enum(['add_as_new', 'replace', 'discard']),
})

/**
 * What becomes of the account that came back from a reconnect in place of the one it was pressed on.
 *
 * @returns the connection that has its tokens now; `null` after `discard`
 * @throws PatchbayError `forbidden`, `invalid_input`, `not_found`, `conflict`, `rotations_held` for `discard` in a copy of a
 *   database
 */
export async function settleOtherAccount(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof inputSchema>,
): Promise<{ connectionId: string | null }> {
  const user = requireRole(actor, 'admin')
  const { pendingId, choice } = parseInput(inputSchema, input)
  if (choice === 'discard') {
    await refuseWhileHeld(deps)
    await revokeStored(deps, pendingId)
  }
  const flows = await deps.db.connectFlow.findMany({ where: { resultId: pendingId }, select: { id: true } })
  const connectionId = await deps.db.$transaction(async (tx) => {
    const pending = await readPending(tx, pendingId)
    switch (choice) {
      case 'add_as_new':
        return addAsNew(tx, deps, user, pending)
      case 'replace':
        return replace(tx, deps, user, pending)
      case 'discard':
        return discard(tx, deps, user, pending)
    }
  })
  await deps.events.publish({ topic: 'connection', id: connectionId ?? pendingId })
  for (const { id } of flows) await deps.events.publish({ topic: 'flow', id })
  return { connectionId }
}

type Pending = Awaited<ReturnType<typeof readPending>>

async function readPending(tx: Tx, pendingId: string) {
  const row = await tx.connection.findFirst({
    where: { id: pendingId, lifecycle: 'pending', pendingReason: 'other_account' },
    select: {
      id: true,
      appId: true,
      grantKind: true,
      externalAccountId: true,
      externalOrgId: true,
      accountName: true,
      replacesId: true,
    },
  })
  if (!row) throw new PatchbayError('not_found', 'This choice was made already.', { pendingId })
  return row
}

async function addAsNew(tx: Tx, deps: Deps, user: UserActor, pending: Pending): Promise<string> {
  const twinId = await twinOf(tx, pending)
  if (twinId) await moveOrConflict(tx, deps, pending.id, twinId)
  else {
    await changeConnection(tx, pending.id, { lifecycle: 'live', pendingReason: null, replacesId: null })
  }
  const connectionId = twinId ?? pending.id
  await finishFlows(tx, connectionId)
  await writeAudit(tx, deps, user, {
    action: twinId ? 'connection.reconnected' : 'connection.connected',
    subject: { kind: 'connection', id: connectionId, name: pending.accountName },
    detail: { choice: 'add_as_new' },
  })
  return connectionId
}

async function replace(tx: Tx, deps: Deps, user: UserActor, pending: Pending): Promise<string> {
  const { replacesId } = pending
  if (!replacesId) throw new PatchbayError('conflict', 'The connection to replace is gone: add it as new.')
  const twinId = await twinOf(tx, pending)
  if (twinId && twinId !== replacesId) {
    throw new PatchbayError(
      'conflict',
      'This account has a connection of its own: add it as new to renew that one.',
      {
        connectionId: twinId,
      },
    )
  }
  const before = await tx.connection.findUnique({ where: { id: replacesId }, select: { accountName: true } })
  if (!before) throw new PatchbayError('conflict', 'The connection to replace is gone: add it as new.')
  await moveOrConflict(tx, deps, pending.id, replacesId)
  await finishFlows(tx, replacesId)
  await writeAudit(tx, deps, user, {
    action: 'connection.account_replaced',
    subject: { kind: 'connection', id: replacesId, name: pending.accountName },
    detail: { before: before.accountName },
  })
  return replacesId
}

async function discard(tx: Tx, deps: Deps, user: UserActor, pending: Pending): Promise<null> {
  await tx.connectFlow.updateMany({
    where: { resultId: pending.id },
    data: { outcome: 'abandoned', resultId: null },
  })
  await tx.connection.delete({ where: { id: pending.id }, select: { id: true } })
  await writeAudit(tx, deps, user, {
    action: 'connection.other_account_discarded',
    subject: { kind: 'connection', id: pending.id, name: pending.accountName },
  })
  return null
}

async function twinOf(tx: Tx, pending: Pending): Promise<string | null> {
  const { id, externalAccountId } = pending
  return externalAccountId === null ? null : liveTwin(tx, id, { ...pending, externalAccountId })
}

async function moveOrConflict(tx: Tx, deps: Deps, fromId: string, toId: string): Promise<void> {
  if (await movePair(tx, deps, { fromId, toId })) return
  throw new PatchbayError('conflict', 'The connection was renewed at this very moment: try again.')
}

async function finishFlows(tx: Tx, connectionId: string): Promise<void> {
  await tx.connectFlow.updateMany({
    where: { resultId: connectionId, outcome: 'other_account' },
    data: { outcome: 'completed' },
  })
}
