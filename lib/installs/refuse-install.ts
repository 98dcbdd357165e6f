import { z } from 'zod'
import { writeAudit } from '../audit/write-audit'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import { parseInput } from '../rotation/parse-input'
import { endConnection } from './end-connection'
import { lockInstalls } from './lock-installs'

const inputSchema = z.object({ installId: z.string().max(64) })

/**
 * Refuses an install that waits: its tokens are erased, it stays on record as refused, and its provider's messages no longer
 * bring it back unless an admin asks for it. Refusing twice changes nothing.
 *
 * @throws PatchbayError `forbidden`, `not_found`, `conflict` when it does not wait any longer
 */
export async function refuseInstall(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof inputSchema>,
): Promise<void> {
  const user = requireRole(actor, 'admin')
  const { installId } = parseInput(inputSchema, input)
  const found = await deps.db.install.findUnique({ where: { id: installId }, select: { appId: true } })
  if (!found) throw new PatchbayError('not_found', 'There is no such install.', { installId })
  const connectionId = await deps.db.$transaction(async (tx) => {
    await lockInstalls(tx, found.appId)
    const install = await tx.install.findUniqueOrThrow({
      where: { id: installId },
      select: {
        state: true,
        orgName: true,
        reference: true,
        externalInstallId: true,
        app: { select: { name: true } },
        connection: { select: { id: true, lifecycle: true } },
      },
    })
    if (install.state === 'refused') return null
    if (install.state !== 'waiting') {
      const words = install.state === 'accepted' ? 'has been accepted already' : 'was uninstalled meanwhile'
      throw new PatchbayError('conflict', `This install ${words}.`, { installId })
    }
    const { connection } = install
    const own = connection ? { connectionId: connection.id, state: 'waiting' as const } : { id: installId }
    await tx.install.updateMany({ where: own, data: { state: 'refused' } })
    const pending = connection?.lifecycle === 'pending'
    if (connection && pending) {
      await endConnection(tx, deps, connection.id, {
        lifecycle: 'refused',
        reason: `Refused by ${user.name}`,
      })
    }
    await writeAudit(tx, deps, user, {
      action: 'install.refused',
      subject: { kind: 'install', id: installId, name: install.orgName ?? install.reference },
      connectionId: connection?.id ?? null,
      detail: { app: install.app.name, installId: install.externalInstallId, tokensErased: pending },
    })
    return connection?.id ?? null
  })
  await deps.events.publish({ topic: 'install', id: installId })
  if (connectionId) await deps.events.publish({ topic: 'connection', id: connectionId })
}
