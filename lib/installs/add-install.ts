import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Deps } from '../deps'
import { openApp } from '../provider-apps/open-app'
import { requestDeadlineMs } from '../rotation/call-context'
import { arrivalError } from './arrival-error'
import { arriveInstall } from './arrive-install'
import { nothingTold } from './install-facts'

/** Ids are UUIDs or numbers today; anything that could be more than one segment of a path is not one. */
export const externalInstallIdSchema = z
  .string()
  .trim()
  .regex(/^[\w-]{1,128}$/, 'An INSTALL_ID holds letters, digits, hyphens and underscores only.')

const inputSchema = z.object({ appId: z.string().max(64), externalInstallId: externalInstallIdSchema })

/**
 * Adds an Outreach install that was made before Patchbay knew the app, by its INSTALL_ID: a token is minted at once, and
 * nothing is stored unless Outreach gives one.
 *
 * @throws PatchbayError `forbidden`, `not_found`, `invalid_input`, and what `arrivalError` makes of the provider's refusal
 */
export async function addInstall(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof inputSchema>,
): Promise<{ connectionId: string }> {
  const admin = requireRole(actor, 'admin')
  const parsed = inputSchema.safeParse(input)
  if (!parsed.success) {
    throw new PatchbayError('invalid_input', parsed.error.issues[0]?.message ?? 'This is no INSTALL_ID.')
  }
  const { appId, externalInstallId } = parsed.data
  const app = await openApp(deps, appId)
  if (!app.grants.includes('s2s')) {
    throw new PatchbayError(
      'invalid_input',
      'Only Outreach apps with S2S access have an INSTALL_ID to enter.',
      {
        appId,
      },
    )
  }
  const outcome = await arriveInstall(deps, {
    app,
    grantKind: 's2s',
    externalInstallId,
    learntFrom: 'pasted',
    told: nothingTold,
    actor: admin,
    admin,
    timeMs: requestDeadlineMs,
    keepPair: 'while_young',
    keepUnproven: false,
  })
  if (outcome.kind !== 'settled') throw arrivalError(app.provider, outcome)
  return { connectionId: outcome.connectionId }
}
