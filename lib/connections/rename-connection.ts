import { z } from 'zod'
import { writeAudit } from '../audit/write-audit'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import { changeConnection } from '../rotation/change-connection'
import { parseInput } from '../rotation/parse-input'

const inputSchema = z.object({
  connectionId: z.string().max(64),
  /** `null` or blank: the account's own name is shown again. */
  label: z.string().trim().max(120).nullable(),
})

/**
 * Gives a connection a name of the admin's own.
 *
 * @throws PatchbayError `forbidden`, `invalid_input`, `not_found`
 */
export async function renameConnection(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof inputSchema>,
): Promise<void> {
  const user = requireRole(actor, 'admin')
  const parsed = parseInput(inputSchema, input)
  const { connectionId } = parsed
  const label = parsed.label || null
  await deps.db.$transaction(async (tx) => {
    const row = await tx.connection.findUnique({
      where: { id: connectionId },
      select: { label: true, accountName: true },
    })
    if (!row) throw new PatchbayError('not_found', 'There is no such connection.', { connectionId })
    if (row.label === label) return
    await changeConnection(tx, connectionId, { label })
    await writeAudit(tx, deps, user, {
      action: 'connection.renamed',
      subject: { kind: 'connection', id: connectionId, name: label ?? row.accountName },
      detail: { before: row.label, after: label },
    })
  })
  await deps.events.publish({ topic: 'connection', id: connectionId })
}
