import { z } from 'zod'
import { writeAudit } from '../audit/write-audit'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import { changeConnection } from '../rotation/change-connection'
import { parseInput } from '../rotation/parse-input'

const inputSchema = z.object({ connectionId: z.string().max(64), enabled: z.boolean() })

/**
 * Allows or forbids "Open in Outstand" for one connection.
 *
 * @throws PatchbayError `forbidden`, `not_found`
 */
export async function setSso(deps: Deps, actor: Actor, input: z.input<typeof inputSchema>): Promise<void> {
  const user = requireRole(actor, 'admin')
  const { connectionId, enabled } = parseInput(inputSchema, input)
  await deps.db.$transaction(async (tx) => {
    const row = await tx.connection.findUnique({
      where: { id: connectionId },
      select: { label: true, accountName: true, ssoEnabled: true },
    })
    if (!row) throw new PatchbayError('not_found', 'There is no such connection.', { connectionId })
    if (row.ssoEnabled === enabled) return
    await changeConnection(tx, connectionId, { ssoEnabled: enabled })
    await writeAudit(tx, deps, user, {
      action: enabled ? 'connection.sso_allowed' : 'connection.sso_forbidden',
      subject: { kind: 'connection', id: connectionId, name: row.label ?? row.accountName },
    })
  })
  await deps.events.publish({ topic: 'connection', id: connectionId })
}
