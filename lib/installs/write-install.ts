import { newId } from '../core/ids'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import type { InstallAccount } from './install-facts'
import { installReference } from './install-reference'
import { knownFields } from './known-fields'
import type { SettleInput } from './settle-install'

/** Writes the row of an install with what is known of it now. */
export async function writeInstall(
  tx: Tx,
  deps: Deps,
  input: SettleInput,
  account: InstallAccount,
  knownId: string | null,
  place: { connectionId: string; state: 'waiting' | 'accepted' },
): Promise<{ id: string; reference: string; orgName: string | null }> {
  const columns = {
    ...place,
    uninstalledAt: null,
    ...knownFields({
      externalOrgId: account.orgId,
      orgName: account.orgName,
      apiUrl: account.apiUrl,
      installedAt: input.told.installedAt,
    }),
  }
  const select = { id: true, reference: true, orgName: true } as const
  if (knownId) return tx.install.update({ where: { id: knownId }, data: columns, select })
  return tx.install.create({ data: { ...newInstall(deps, input), ...columns }, select })
}

/** The row of an install that is heard of for the first time. */
export function newInstall(
  deps: Pick<Deps, 'clock' | 'random'>,
  input: Pick<SettleInput, 'app' | 'externalInstallId' | 'learntFrom'>,
) {
  const now = deps.clock.now()
  return {
    id: newId('install', now.getTime(), deps.random.bytes(10)),
    provider: input.app.provider,
    appId: input.app.id,
    externalInstallId: input.externalInstallId,
    reference: installReference(deps.random.bytes(5)),
    learntFrom: input.learntFrom,
    createdAt: now,
  }
}
