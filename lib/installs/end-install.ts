import { writeAudit } from '../audit/write-audit'
import type { Actor } from '../core/actor'
import type { Deps } from '../deps'
import { endConnection } from './end-connection'
import { endedByProvider, withdrawn } from './find-connection'
import type { InstallApp } from './install-facts'
import { withInstallLease } from './install-lease'
import { lockInstalls } from './lock-installs'

export type EndedInstall = {
  installId: string
  connectionId: string | null
  /** The company has another install of this app: its connection goes on, with tokens obtained through this one. */
  goesOnWith: string | null
}

export type Uninstalled = {
  app: InstallApp
  externalInstallId: string
  /** When it was uninstalled. */
  at: Date
}

/** An arrival of the same install that runs right now is let through first: of the two, the end came later. */
const arrivalWaitMs = 2_000

/**
 * Notes that the provider has uninstalled the app: the install's connection ends and its tokens are erased, unless another
 * install of the same company carries it on. Doing it twice changes nothing.
 *
 * @returns `null` when the install is not known
 */
export async function endInstall(
  deps: Deps,
  actor: Actor,
  uninstalled: Uninstalled,
): Promise<EndedInstall | null> {
  const key = { appId: uninstalled.app.id, externalInstallId: uninstalled.externalInstallId }
  const leased = await withInstallLease(deps, key, arrivalWaitMs, () => end(deps, actor, uninstalled))
  const ended = leased.kind === 'done' ? leased.value : await end(deps, actor, uninstalled)
  if (ended) await deps.events.publish({ topic: 'install', id: ended.installId })
  if (ended?.connectionId) await deps.events.publish({ topic: 'connection', id: ended.connectionId })
  return ended
}

async function end(
  deps: Deps,
  actor: Actor,
  { app, externalInstallId, at }: Uninstalled,
): Promise<EndedInstall | null> {
  return deps.db.$transaction(async (tx) => {
    await lockInstalls(tx, app.id)
    const install = await tx.install.findUnique({
      where: { appId_externalInstallId: { appId: app.id, externalInstallId } },
      select: {
        id: true,
        state: true,
        orgName: true,
        reference: true,
        connection: { select: { id: true, lifecycle: true } },
      },
    })
    if (!install) return null
    const { connection } = install
    const told = { installId: install.id, connectionId: connection?.id ?? null }
    if (install.state === 'uninstalled') return { ...told, goesOnWith: null }
    await tx.install.update({
      where: { id: install.id },
      data: { state: 'uninstalled', uninstalledAt: at },
      select: { id: true },
    })
    const other = connection
      ? await tx.install.findFirst({
          where: { connectionId: connection.id, state: 'accepted' },
          orderBy: { createdAt: 'desc' },
          select: { externalInstallId: true },
        })
      : null
    const alive = connection?.lifecycle === 'live' || connection?.lifecycle === 'pending'
    if (connection && alive && !other) {
      const reason = connection.lifecycle === 'live' ? endedByProvider : withdrawn
      await endConnection(tx, deps, connection.id, { lifecycle: 'disconnected', reason })
    }
    await writeAudit(tx, deps, actor, {
      action: 'install.uninstalled',
      subject: { kind: 'install', id: install.id, name: install.orgName ?? install.reference },
      connectionId: connection?.id ?? null,
      detail: { app: app.name, installId: externalInstallId, tokensErased: alive && !other },
    })
    return { ...told, goesOnWith: alive ? (other?.externalInstallId ?? null) : null }
  })
}
