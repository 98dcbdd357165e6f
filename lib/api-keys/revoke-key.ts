import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import { parseInput } from '../core/parse-input'
import type { Deps } from '../deps'
import { auditKey } from './key-audit'
import { keyFields } from './key-fields'

const inputSchema = z.object({ keyId: keyFields.keyId })

/**
 * Ends an API key for ever, in all processes within a second; role admin. Ending one that has ended changes nothing.
 *
 * @throws PatchbayError `forbidden`, `not_found`
 */
export async function revokeKey(deps: Deps, actor: Actor, input: unknown): Promise<void> {
  const user = requireRole(actor, 'admin')
  const { keyId } = parseInput(inputSchema, input)
  await deps.db.$transaction(async (tx) => {
    const { count } = await tx.apiKey.updateMany({
      where: { id: keyId, revokedAt: null },
      data: { revokedAt: deps.clock.now(), revokedBy: user.id },
    })
    const key = await tx.apiKey.findUnique({
      where: { id: keyId },
      select: { id: true, name: true, hint: true },
    })
    if (!key) throw new PatchbayError('not_found', 'There is no such key.')
    if (count === 0) return
    const { hint, ...subject } = key
    await auditKey(tx, deps, user, subject, 'api_key.revoked', { hint })
  })
}
