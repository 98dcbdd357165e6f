import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import { auditApp } from './app-audit'
import { appFields, parseAppInput } from './app-input'
import { lockEditableApp } from './editable-app'

const inputSchema = z.object({ appId: appFields.appId })

/**
 * Removes an app from every list and erases its secrets; what ended by it stays on record.
 *
 * @throws PatchbayError `forbidden`, `not_found`; `conflict` while connections of it live or wait, naming how many
 */
export async function removeApp(deps: Deps, actor: Actor, input: z.input<typeof inputSchema>): Promise<void> {
  const user = requireRole(actor, 'admin')
  const { appId } = parseAppInput(inputSchema, input)
  await deps.db.$transaction(async (tx) => {
    const app = await lockEditableApp(tx, appId)
    const count = await tx.connection.count({
      where: { appId, lifecycle: { in: ['live', 'pending'] } },
    })
    if (count > 0) {
      const words = count === 1 ? 'One connection uses' : `${count} connections use`
      throw new PatchbayError('conflict', `${words} this app. Disconnect first, then remove it.`, { count })
    }
    await tx.providerApp.update({
      where: { id: appId },
      data: {
        hiddenAt: deps.clock.now(),
        clientSecretSealed: null,
        s2sPrivateKeySealed: null,
        s2sPublicKeyPem: null,
        webhookSecretSealed: null,
        rateLimitBypassSealed: null,
      },
      select: { id: true },
    })
    await auditApp(tx, deps, user, app, 'provider_app.removed')
  })
  await deps.events.publish({ topic: 'app', id: appId })
}
