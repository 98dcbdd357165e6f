import { z } from 'zod'
import { writeAudit } from '../audit/write-audit'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import { parseInput } from '../rotation/parse-input'

const inputSchema = z.object({ flowId: z.string().max(64) })

/**
 * Takes a flow off the list of those that did not come back. One that is still open is given up: its state is worth nothing
 * afterwards.
 *
 * @throws PatchbayError `forbidden`, `not_found`
 */
export async function dismissFlow(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof inputSchema>,
): Promise<void> {
  const user = requireRole(actor, 'admin')
  const { flowId } = parseInput(inputSchema, input)
  await deps.db.$transaction(async (tx) => {
    const flow = await tx.connectFlow.findUnique({
      where: { id: flowId },
      select: { app: { select: { name: true } }, dismissedAt: true },
    })
    if (!flow) throw new PatchbayError('not_found', 'There is no such flow.', { flowId })
    if (flow.dismissedAt) return
    const now = deps.clock.now()
    await tx.connectFlow.updateMany({
      where: { id: flowId, finishedAt: null },
      data: { outcome: 'abandoned', finishedAt: now, codeSealed: null, verifierSealed: null },
    })
    await tx.connectFlow.update({ where: { id: flowId }, data: { dismissedAt: now }, select: { id: true } })
    await writeAudit(tx, deps, user, {
      action: 'flow.dismissed',
      subject: { kind: 'flow', id: flowId, name: flow.app.name },
    })
  })
  await deps.events.publish({ topic: 'flow', id: flowId })
}
