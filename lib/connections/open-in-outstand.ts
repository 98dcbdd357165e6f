import { z } from 'zod'
import { writeAudit } from '../audit/write-audit'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { Secret } from '../core/secret'
import type { Deps } from '../deps'
import { ssoUrl } from '../providers/outstand/sso-url'
import { requestDeadlineMs } from '../rotation/call-context'
import { freshAccessToken } from '../rotation/fresh-access-token'
import { parseInput } from '../rotation/parse-input'

const inputSchema = z.object({ connectionId: z.string().max(64) })
/** The browser has to get there before the token ends. */
const minTtlMs = 60_000

export type OutstandEntry = {
  /** Where the form goes, by POST and never by a link: a link would put the token into histories and logs. */
  action: URL
  accessToken: Secret
}

/**
 * Signs the admin in to Outstand as the connected account (seed 004, SSO by POST). It is the one answer that carries a token
 * through the browser, so each use is in the trail.
 *
 * @throws PatchbayError `forbidden`, `not_found`, `conflict` where it is switched off or not possible, and what
 *   `freshAccessToken` throws
 */
export async function openInOutstand(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof inputSchema>,
): Promise<OutstandEntry> {
  const user = requireRole(actor, 'admin')
  const { connectionId } = parseInput(inputSchema, input)
  const row = await deps.db.connection.findUnique({
    where: { id: connectionId },
    select: {
      provider: true,
      grantKind: true,
      ssoEnabled: true,
      label: true,
      accountName: true,
      app: { select: { baseUrl: true } },
    },
  })
  if (!row) throw new PatchbayError('not_found', 'There is no such connection.', { connectionId })
  if (row.provider !== 'outstand' || row.grantKind !== 'oauth_code') {
    throw new PatchbayError('conflict', 'Only a user’s connection to Outstand can be opened there.')
  }
  if (!row.ssoEnabled) {
    throw new PatchbayError('conflict', '“Open in Outstand” is switched off for this connection.')
  }
  const { accessToken } = await freshAccessToken(deps, connectionId, {
    minTtlMs,
    deadlineMs: requestDeadlineMs,
  })
  await deps.db.$transaction(async (tx) => {
    await tx.connectionUse.update({ where: { connectionId }, data: { lastUsedAt: deps.clock.now() } })
    await writeAudit(tx, deps, user, {
      action: 'connection.opened_in_outstand',
      subject: { kind: 'connection', id: connectionId, name: row.label ?? row.accountName },
    })
  })
  return { action: ssoUrl(row.app), accessToken }
}
