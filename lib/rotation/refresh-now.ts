import { z } from 'zod'
import { writeAudit } from '../audit/write-audit'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import { requestDeadlineMs } from './call-context'
import { parseInput } from './parse-input'
import { type RotationResult, rotateConnection } from './rotate-connection'

const inputSchema = z.object({ connectionId: z.string().max(64) })

/**
 * "Refresh now": renews a pair because a person asked, whatever its age. A provider's own cap holds (Outreach: one token a
 * minute), and the result tells until when.
 *
 * @throws PatchbayError `forbidden`, `not_found`
 */
export async function refreshNow(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof inputSchema>,
): Promise<RotationResult> {
  requireRole(actor, 'admin')
  const { connectionId } = parseInput(inputSchema, input)
  const name = await connectionName(deps, connectionId)
  return renewFor(deps, actor, { connectionId, name, deadlineMs: requestDeadlineMs })
}

/**
 * Renews a pair for somebody who may, and says who asked. What a program asks for is no person's press: a back-off holds, and a first
 * refusal is doubted (docs/decisions/025-doubting-a-refusal.md). A program asks again and again, and without looking.
 *
 * @param asked.generation the pair that is to be replaced, any when left out
 * @throws PatchbayError `not_found`
 */
export async function renewFor(
  deps: Deps,
  actor: Actor,
  asked: { connectionId: string; name: string; deadlineMs: number; generation?: number },
): Promise<RotationResult> {
  const { connectionId, name, ...limits } = asked
  const cause = actor.kind === 'key' ? 'needed' : 'refresh_now'
  const result = await rotateConnection(deps, connectionId, { cause, ...limits })
  await auditRotation(deps, actor, { connectionId, name, action: 'connection.refreshed', result })
  return result
}

/** @throws PatchbayError `not_found` */
export async function connectionName(deps: Pick<Deps, 'db'>, connectionId: string): Promise<string> {
  const row = await deps.db.connection.findUnique({
    where: { id: connectionId },
    select: { label: true, accountName: true },
  })
  if (!row) throw new PatchbayError('not_found', 'There is no such connection.', { connectionId })
  return row.label ?? row.accountName
}

/** Says who asked for a rotation; the rotation itself stands in the journal. A call that was not made leaves no row. */
export async function auditRotation(
  deps: Deps,
  actor: Actor,
  asked: { connectionId: string; name: string; action: string; result: RotationResult },
): Promise<void> {
  const { result } = asked
  if (result.kind !== 'renewed' && result.kind !== 'failed') return
  const detail: Record<string, string> =
    result.kind === 'failed' ? { result: result.outcome, code: result.code } : { result: 'renewed' }
  await deps.db.$transaction((tx) =>
    writeAudit(tx, deps, actor, {
      action: asked.action,
      subject: { kind: 'connection', id: asked.connectionId, name: asked.name },
      detail,
    }),
  )
}
