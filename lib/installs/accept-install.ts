import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import { openApp } from '../provider-apps/open-app'
import { requestDeadlineMs } from '../rotation/call-context'
import { parseInput } from '../rotation/parse-input'
import { arrivalError } from './arrival-error'
import { arriveInstall } from './arrive-install'
import { installGrant, nothingTold } from './install-facts'

const inputSchema = z.object({ installId: z.string().max(64) })

/**
 * Accepts an install that waits (or that was refused before): its connection goes live. New tokens are asked for where none
 * are stored or the stored ones have ended. Accepting twice gives the same connection.
 *
 * @throws PatchbayError `forbidden`, `not_found`, `conflict`, and what `arrivalError` makes of the provider's refusal
 */
export async function acceptInstall(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof inputSchema>,
): Promise<{ connectionId: string }> {
  const admin = requireRole(actor, 'admin')
  const { installId } = parseInput(inputSchema, input)
  const install = await deps.db.install.findUnique({
    where: { id: installId },
    select: { appId: true, state: true, externalInstallId: true, connectionId: true },
  })
  if (!install) throw new PatchbayError('not_found', 'There is no such install.', { installId })
  if (install.state === 'accepted' && install.connectionId) return { connectionId: install.connectionId }
  if (install.state === 'uninstalled') {
    throw new PatchbayError('conflict', 'The app was uninstalled there meanwhile.', { installId })
  }
  const app = await openApp(deps, install.appId)
  const grantKind = installGrant(app)
  if (!grantKind) throw new PatchbayError('conflict', 'This app does not take installs any longer.')
  const outcome = await arriveInstall(deps, {
    app,
    grantKind,
    externalInstallId: install.externalInstallId,
    learntFrom: 'webhook',
    told: nothingTold,
    actor: admin,
    admin,
    timeMs: requestDeadlineMs,
    keepPair: 'until_expiry',
    keepUnproven: false,
  })
  if (outcome.kind !== 'settled') throw arrivalError(app.provider, outcome)
  return { connectionId: outcome.connectionId }
}
