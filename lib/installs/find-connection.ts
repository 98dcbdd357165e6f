import { PatchbayError } from '../core/errors'
import type { Lifecycle } from '../core/status'
import type { Tx } from '../db/client'
import type { AcceptanceFacts } from './decide-acceptance'
import type { InstallGrant } from './install-facts'

/** Why a connection ended, as its page says it: its end came from the provider, so a new install may go on with it. */
export const endedByProvider = 'Uninstalled at the provider'
/** An install that was taken back before anybody had accepted it; installed again it waits again. */
export const withdrawn = 'Uninstalled before it was accepted'

export type FoundConnection = {
  id: string
  lifecycle: Lifecycle
  endedReason: string | null
  externalAccountId: string | null
  generation: number
}

const columns = {
  id: true,
  lifecycle: true,
  endedReason: true,
  externalAccountId: true,
  generation: true,
} as const

/**
 * The connection that an install goes on with: the company's live one, else the one this install had, else the newest of
 * the company's that ended (design 2: a new install of a company whose earlier one ended continues that connection).
 *
 * @param ownId the connection this install belonged to
 * @throws PatchbayError `provider_answer_invalid` when the same install suddenly acts for another account
 */
export async function findConnection(
  tx: Pick<Tx, 'connection'>,
  place: { appId: string; grantKind: InstallGrant; accountId: string | null; ownId: string | null },
): Promise<FoundConnection | null> {
  const { ownId, accountId, ...scope } = place
  const own = ownId ? await tx.connection.findUnique({ where: { id: ownId }, select: columns }) : null
  if (own?.externalAccountId && accountId && own.externalAccountId !== accountId) {
    throw new PatchbayError(
      'provider_answer_invalid',
      'The provider names another account for this install than before, so nothing was stored.',
      { connectionId: own.id },
    )
  }
  if (accountId === null) return own
  const ofAccount = { ...scope, externalAccountId: accountId }
  const live = await tx.connection.findFirst({ where: { ...ofAccount, lifecycle: 'live' }, select: columns })
  if (live || own) return live ?? own
  return tx.connection.findFirst({ where: ofAccount, orderBy: { id: 'desc' }, select: columns })
}

/** What the connection's past says about accepting the company again. */
export function pastOf(connection: FoundConnection | null): AcceptanceFacts['before'] {
  if (connection?.lifecycle === 'live') return 'live'
  const uninstalled = connection?.lifecycle === 'disconnected' && connection.endedReason === endedByProvider
  return uninstalled ? 'ended_by_provider' : 'none'
}
