import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import type { AppCheck } from '../providers/contract'
import { auditApp } from './app-audit'
import { appFields, parseAppInput } from './app-input'
import { openApp } from './open-app'
import { recordCheck, tryApp } from './try-app'

const inputSchema = z.object({ appId: appFields.appId })

/**
 * Asks the provider whether it accepts the app's credentials, without using any grant. A passed check clears the app's fault.
 *
 * @returns what was found, in words; a wrong secret is told from an unreachable host
 * @throws PatchbayError `forbidden`, `not_found`, `secret_unreadable`
 */
export async function checkApp(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof inputSchema>,
): Promise<AppCheck> {
  const user = requireRole(actor, 'admin')
  const { appId } = parseAppInput(inputSchema, input)
  const row = await deps.db.providerApp.findUnique({ where: { id: appId }, select: { hiddenAt: true } })
  if (!row || row.hiddenAt) throw new PatchbayError('not_found', 'There is no such provider app.')
  const app = await openApp(deps, appId)
  const check = await tryApp(deps, app)
  await deps.db.$transaction(async (tx) => {
    await recordCheck(tx, deps, appId, check)
    await auditApp(tx, deps, user, app, 'provider_app.checked', { result: check.kind })
  })
  await deps.events.publish({ topic: 'app', id: appId })
  return check
}
