import { z } from 'zod'
import { writeAudit } from '../audit/write-audit'
import { type Actor, requireRole, type UserActor } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { DisconnectReceipt } from '../core/status'
import type { Deps } from '../deps'
import { refuseWhileHeld } from '../instance/refuse-while-held'
import type { RevokeOutcome } from '../providers/contract'
import { requestDeadlineMs } from '../rotation/call-context'
import { changeConnection } from '../rotation/change-connection'
import { closeLostCalls } from '../rotation/journal'
import { type Lease, releaseLease, waitForLease } from '../rotation/lease'
import { parseInput } from '../rotation/parse-input'
import { rotateConnection } from '../rotation/rotate-connection'
import { revokeStored } from './revoke-stored'

const inputSchema = z.object({ connectionId: z.string().max(64) })

/**
 * Ends a connection: an expired pair is renewed first (a Doorkeeper server answers 200 and revokes nothing otherwise), the
 * grant is revoked, and the local secrets are erased in any case. The receipt says what could be proved.
 *
 * @param rotationWaitMs how long a rotation that runs is waited for; 10 s when left out
 * @throws PatchbayError `forbidden`, `not_found`, `connection_ended`, `rotations_held` in a copy of a database
 */
export async function disconnectConnection(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof inputSchema>,
  { rotationWaitMs = requestDeadlineMs }: { rotationWaitMs?: number } = {},
): Promise<DisconnectReceipt> {
  const user = requireRole(actor, 'admin')
  const { connectionId } = parseInput(inputSchema, input)
  const row = await deps.db.connection.findUnique({
    where: { id: connectionId },
    select: { provider: true, lifecycle: true, accessExpiresAt: true, label: true, accountName: true },
  })
  if (!row) throw new PatchbayError('not_found', 'There is no such connection.', { connectionId })
  if (row.lifecycle !== 'live')
    throw new PatchbayError('connection_ended', 'The connection is not connected.')
  await refuseWhileHeld(deps)

  if (row.accessExpiresAt && row.accessExpiresAt <= deps.clock.now()) await renewExpired(deps, connectionId)
  const lease = await leaseForEnd(deps, connectionId, rotationWaitMs)
  try {
    const outcome = await revokeStored(deps, connectionId)
    const revoked = lease ? outcome : besideRotation(outcome)
    await erase(deps, user, { id: connectionId, name: row.label ?? row.accountName }, revoked)
    return { provider: row.provider, revoked: revoked.kind, detail: revoked.detail }
  } finally {
    if (lease) await releaseLease(deps, lease)
    await deps.events.publish({ topic: 'connection', id: connectionId })
  }
}

/** What goes wrong here shows in the receipt: a pair that is still expired is never "confirmed". */
async function renewExpired(deps: Deps, connectionId: string): Promise<void> {
  try {
    await rotateConnection(deps, connectionId, { cause: 'disconnect', deadlineMs: requestDeadlineMs })
  } catch (error) {
    deps.log.warn({ err: error, connectionId }, 'an expired pair was not renewed before it was revoked')
  }
}

/** Keeps a rotation from obtaining a pair that nobody would revoke. One that does not end in time is not waited for. */
async function leaseForEnd(deps: Deps, connectionId: string, waitMs: number): Promise<Lease | null> {
  for (let triesLeft = 2; triesLeft > 0; triesLeft -= 1) {
    const { generation } = await deps.db.connection.findUniqueOrThrow({
      where: { id: connectionId },
      select: { generation: true },
    })
    const lease = await waitForLease(deps, connectionId, generation, waitMs)
    if (lease === 'busy') return null
    if (lease !== 'superseded') return lease
  }
  return null
}

/** A rotation that goes on may be given a pair that nobody has revoked. */
function besideRotation(outcome: RevokeOutcome): RevokeOutcome {
  if (outcome.kind !== 'confirmed') return outcome
  const detail =
    'The stored token was revoked, but a renewal was under way: what it is given is thrown away without being revoked.'
  return { kind: 'not_confirmed', detail }
}

async function erase(
  deps: Deps,
  user: UserActor,
  connection: { id: string; name: string },
  revoked: RevokeOutcome,
): Promise<void> {
  const now = deps.clock.now()
  const { id } = connection
  await deps.db.$transaction(async (tx) => {
    // The new generation turns away a rotation that is still on its way.
    const ended = await tx.connection.updateMany({
      where: { id, lifecycle: 'live' },
      data: { generation: { increment: 1 } },
    })
    if (ended.count === 0) throw new PatchbayError('connection_ended', 'The connection is not connected.')
    await tx.tokenPair.deleteMany({ where: { connectionId: id } })
    await closeLostCalls(tx, deps, id, 'discarded')
    await changeConnection(tx, id, {
      lifecycle: 'disconnected',
      endedAt: now,
      endedReason: `Disconnected by ${user.name}`,
      accessExpiresAt: null,
      refreshExpiresAt: null,
      reconnectBy: null,
      nextAttemptAt: null,
      retryingSince: null,
      suspendedAt: null,
      suspendedReason: null,
      needsReconnectAt: null,
      uncertainAt: null,
      failureCount: 0,
    })
    await writeAudit(tx, deps, user, {
      action: 'connection.disconnected',
      subject: { kind: 'connection', ...connection },
      detail: { revoked: revoked.kind, words: revoked.detail },
    })
  })
}
