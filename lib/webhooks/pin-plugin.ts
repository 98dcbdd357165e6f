import { writeAudit } from '../audit/write-audit'
import type { Deps } from '../deps'
import type { OpenApp } from '../providers/contract'

/**
 * Remembers the plugin id that Envoy's first webhook for an app names; from then on it is the only one. Of two first webhooks
 * at once with different ids one wins.
 *
 * @returns whether the app's plugin is this one
 */
export async function pinPlugin(deps: Deps, app: OpenApp, pluginId: string): Promise<boolean> {
  if (app.pluginId !== null) return app.pluginId === pluginId
  const pinned = await deps.db.$transaction(async (tx) => {
    const { count } = await tx.providerApp.updateMany({
      where: { id: app.id, pluginId: null },
      data: { pluginId },
    })
    if (count === 0) return false
    await writeAudit(
      tx,
      deps,
      { kind: 'provider', provider: 'envoy', name: 'Envoy' },
      {
        action: 'provider_app.plugin_pinned',
        subject: { kind: 'provider_app', id: app.id, name: app.name },
        detail: { pluginId },
      },
    )
    return true
  })
  if (pinned) {
    await deps.events.publish({ topic: 'app', id: app.id })
    return true
  }
  const row = await deps.db.providerApp.findUnique({ where: { id: app.id }, select: { pluginId: true } })
  return row?.pluginId === pluginId
}
