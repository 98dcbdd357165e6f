import { type Actor, requireRole } from '../core/actor'
import type { Deps } from '../deps'
import { type ApiReference, apiReference } from './openapi/api-reference'

export type ApiReferencePage = {
  reference: ApiReference
  /** Where programs reach this Patchbay. */
  origin: string
  /** A live connection for examples; `null` while there is none. */
  connection: {
    id: string
    name: string
    /** Of its provider's API, without a leading slash. */
    providerPath: string | null
  } | null
}

/**
 * The machine API in words, with what makes its examples work here.
 *
 * @throws PatchbayError `forbidden`
 */
export async function apiReferencePage(
  deps: Pick<Deps, 'config' | 'db' | 'providers'>,
  actor: Actor,
): Promise<ApiReferencePage> {
  requireRole(actor, 'viewer')
  const row = await deps.db.connection.findFirst({
    where: { lifecycle: 'live' },
    orderBy: { id: 'desc' },
    select: { id: true, provider: true, grantKind: true, label: true, accountName: true },
  })
  const [ready] = row ? deps.providers.get(row.provider).manifest.readyCalls(row.grantKind) : []
  return {
    reference: apiReference(),
    origin: new URL(deps.config.appUrl).origin,
    connection: row && {
      id: row.id,
      name: row.label ?? row.accountName,
      providerPath: ready ? ready.path.slice(1) : null,
    },
  }
}
