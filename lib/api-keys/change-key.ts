import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import { parseInput } from '../core/parse-input'
import type { Deps } from '../deps'
import { auditKey } from './key-audit'
import { keyFields } from './key-fields'

const inputSchema = z.object({
  keyId: keyFields.keyId,
  name: keyFields.name,
  requestsPerMinute: keyFields.requestsPerMinute,
})

/**
 * Changes the name and the request limit of an API key, in all processes within a second; role admin. What a key may do and reach
 * never changes: who has it would not learn of it.
 *
 * @throws PatchbayError `forbidden`, `not_found`, `conflict` for a revoked key, `invalid_input` with `field`
 */
export async function changeKey(deps: Deps, actor: Actor, input: unknown): Promise<void> {
  const user = requireRole(actor, 'admin')
  const { keyId, name, requestsPerMinute } = parseInput(inputSchema, input)
  await deps.db.$transaction(async (tx) => {
    const before = await tx.apiKey.findUnique({
      where: { id: keyId },
      select: { name: true, requestsPerMinute: true, revokedAt: true },
    })
    if (!before) throw new PatchbayError('not_found', 'There is no such key.')
    if (before.revokedAt) throw new PatchbayError('conflict', 'The key was revoked.')
    if (before.name === name && before.requestsPerMinute === requestsPerMinute) return
    await tx.apiKey.update({
      where: { id: keyId },
      data: { name, requestsPerMinute },
      select: { id: true },
    })
    await auditKey(tx, deps, user, { id: keyId, name }, 'api_key.changed', {
      before: before.name === name ? '' : before.name,
      requestsPerMinute,
    })
  })
}
