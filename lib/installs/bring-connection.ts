import { newId } from '../core/ids'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { type ConnectionChange, changeConnection } from '../rotation/change-connection'
import type { Acceptance } from './decide-acceptance'
import type { FoundConnection } from './find-connection'
import { type InstallAccount, unnamedAccount } from './install-facts'
import { knownFields } from './known-fields'
import type { SettleInput } from './settle-install'

/**
 * Makes the install's connection, or brings the one it goes on with into the state that the decision gives it.
 *
 * @returns its id
 */
export async function bringConnection(
  tx: Tx,
  deps: Deps,
  input: SettleInput,
  account: InstallAccount,
  found: FoundConnection | null,
  acceptance: Acceptance,
): Promise<string> {
  const now = deps.clock.now()
  const accepted = acceptance.kind === 'accept'
  const becomesLive = accepted && found?.lifecycle !== 'live'
  const change: ConnectionChange = {
    lifecycle: accepted ? 'live' : 'pending',
    endedAt: null,
    endedReason: null,
    pendingReason: accepted ? null : 'unrequested_install',
    ...knownFields({
      externalAccountId: account.id,
      accountName: account.name,
      accountEmail: account.email,
      externalOrgId: account.orgId,
      orgName: account.orgName,
      apiUrl: account.apiUrl,
    }),
    ...(becomesLive ? { consentAt: now, connectedBy: connectedBy(input, acceptance) } : {}),
  }
  if (found) {
    await changeConnection(tx, found.id, change)
    return found.id
  }
  const id = newId('connection', now.getTime(), deps.random.bytes(10))
  await tx.connection.create({
    data: {
      id,
      provider: input.app.provider,
      appId: input.app.id,
      grantKind: input.grantKind,
      lifecycle: 'pending',
      accountName: account.name ?? unnamedAccount(input.app.provider, account.id, input.externalInstallId),
      requestedScopes: [...input.app.scopes],
      createdAt: now,
    },
    select: { id: true },
  })
  await changeConnection(tx, id, change)
  return id
}

function connectedBy(input: SettleInput, acceptance: Acceptance): string | null {
  if (input.admin) return input.admin.name
  return acceptance.kind === 'accept' ? (acceptance.answers[0]?.userName ?? null) : null
}
