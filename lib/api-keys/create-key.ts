import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import { newId } from '../core/ids'
import { parseInput } from '../core/parse-input'
import type { Secret } from '../core/secret'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { auditKey } from './key-audit'
import { keyFields } from './key-fields'
import { hashKey, keyHint, newKey } from './key-format'

const inputSchema = z.object({
  name: keyFields.name,
  scopes: keyFields.scopes,
  providers: keyFields.providers,
  connectionIds: keyFields.connectionIds,
  expiresAt: keyFields.expiresAt,
  requestsPerMinute: keyFields.requestsPerMinute,
})
export type NewKey = z.input<typeof inputSchema>

/**
 * Makes an API key; role admin. Only its SHA-256 is kept.
 *
 * @param input `name`, `scopes`; `providers` and `connectionIds` (empty: all; both: what fits both); `expiresAt` and
 *   `requestsPerMinute`, `null` for none
 * @returns the key, to be shown this once
 * @throws PatchbayError `forbidden`, `invalid_input` with `field`
 */
export async function createKey(
  deps: Deps,
  actor: Actor,
  input: unknown,
): Promise<{ id: string; key: Secret }> {
  const user = requireRole(actor, 'admin')
  const fields = parseInput(inputSchema, input)
  const now = deps.clock.now()
  if (fields.expiresAt && fields.expiresAt <= now) {
    throw new PatchbayError('invalid_input', 'Choose an end that is still to come.', { field: 'expiresAt' })
  }
  const id = newId('apiKey', now.getTime(), deps.random.bytes(10))
  const key = newKey(deps.random)
  const hint = keyHint(key)
  await deps.db.$transaction(async (tx) => {
    await requireConnections(tx, fields.connectionIds)
    await tx.apiKey.create({
      data: { id, ...fields, keyHash: hashKey(key), hint, createdBy: user.id, createdAt: now },
      select: { id: true },
    })
    const { name, expiresAt, ...detail } = fields
    await auditKey(tx, deps, user, { id, name }, 'api_key.created', {
      hint,
      ...detail,
      expiresAt: expiresAt?.toISOString() ?? 'never',
    })
  })
  return { id, key }
}

async function requireConnections(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const found = await tx.connection.count({ where: { id: { in: [...ids] } } })
  if (found === ids.length) return
  throw new PatchbayError('invalid_input', 'One of these connections does not exist.', {
    field: 'connectionIds',
  })
}
