import { PatchbayError } from '../core/errors'
import type { Db, Tx } from '../db/client'

export type AppOrigin = 'sandbox' | 'environment' | 'settings'

/** Why an app cannot be edited; `null`: it can. */
export function readOnlyReason(origin: AppOrigin): string | null {
  switch (origin) {
    case 'sandbox':
      return 'This app belongs to the local sandbox, which makes it at each start: it cannot be edited.'
    case 'environment':
      return 'This app is managed by the environment: change its variables where Patchbay is started, then start it again.'
    case 'settings':
      return null
  }
}

const editableSelect = {
  id: true,
  name: true,
  provider: true,
  origin: true,
  grants: true,
  baseUrl: true,
  clientId: true,
  scopes: true,
  s2sGuid: true,
  s2sPublicKeyPem: true,
  hiddenAt: true,
} as const

/**
 * An app that was entered in the settings.
 *
 * @throws PatchbayError `not_found`; `conflict` for an app that is not edited here
 */
export async function editableApp(db: Pick<Db, 'providerApp'>, appId: string) {
  const app = await db.providerApp.findUnique({ where: { id: appId }, select: editableSelect })
  if (!app || app.hiddenAt) throw new PatchbayError('not_found', 'There is no such provider app.')
  const reason = readOnlyReason(app.origin)
  if (reason) throw new PatchbayError('conflict', reason, { origin: app.origin })
  return app
}

export type EditableApp = Awaited<ReturnType<typeof editableApp>>

/** The same, held until the transaction ends: no connection of it can be made meanwhile. */
export async function lockEditableApp(tx: Tx, appId: string): Promise<EditableApp> {
  await tx.$queryRaw`SELECT id FROM provider_app WHERE id = ${appId} FOR UPDATE`
  return editableApp(tx, appId)
}
