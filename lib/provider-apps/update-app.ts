import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { GrantKind, ProviderId } from '../core/provider'
import type { Tx } from '../db/client'
import type { Deps } from '../deps'
import { auditApp } from './app-audit'
import { appFields, parseAppInput, requireGrants } from './app-input'
import { trimBase } from './create-app'
import { type EditableApp, lockEditableApp } from './editable-app'

const { appId, name, grants, clientId, scopes, s2sGuid, installUrl, owningOrgId, owningOrgName } = appFields

/** Each field left out stays as it is; `null` or blank empties it. */
const inputSchema = z.object({
  appId,
  name: name.optional(),
  grants: grants.optional(),
  clientId: clientId.optional(),
  scopes: scopes.optional(),
  s2sGuid: s2sGuid.optional(),
  installUrl: installUrl.optional(),
  owningOrgId: owningOrgId.optional(),
  owningOrgName: owningOrgName.optional(),
  baseUrl: appFields.baseUrl.optional(),
  agreedLimit: appFields.agreedLimit.optional(),
})
type Change = Omit<z.output<typeof inputSchema>, 'appId'>

const fieldsOf: Record<ProviderId, readonly (keyof Change)[]> = {
  outreach: ['name', 'grants', 'clientId', 'scopes', 's2sGuid', 'installUrl', 'owningOrgId', 'owningOrgName'],
  envoy: ['name', 'grants', 'clientId', 'scopes', 'installUrl'],
  outstand: ['name', 'grants', 'clientId', 'scopes', 'baseUrl', 'agreedLimit'],
}

/**
 * Changes what is not secret about an app that was entered in the settings. What live connections stand on (client id, GUID,
 * base URL, a grant) changes only while there are none: their tokens belong to it.
 *
 * @throws PatchbayError `forbidden`, `invalid_input` with `field`, `not_found`, `conflict`
 */
export async function updateApp(deps: Deps, actor: Actor, input: z.input<typeof inputSchema>): Promise<void> {
  const user = requireRole(actor, 'admin')
  const { appId: id, ...change } = parseAppInput(inputSchema, input)
  await deps.db.$transaction(async (tx) => {
    const app = await lockEditableApp(tx, id)
    requireFields(app.provider, change)
    const provider = deps.providers.get(app.provider)
    if (change.grants) requireGrants(app.provider, provider.grants, change.grants)
    await refuseBreaking(tx, app, change)
    const grantsAfter = change.grants ?? app.grants
    const catalogue = grantsAfter.includes('oauth_code')
      ? provider.scopes({ grants: grantsAfter }, 'oauth_code')
      : null
    if (change.scopes && catalogue?.required && change.scopes.length === 0) {
      throw new PatchbayError(
        'invalid_input',
        'Outreach refuses a request without a scope: tick at least one.',
        {
          field: 'scopes',
        },
      )
    }
    const { agreedLimit, scopes: picked, baseUrl, ...plain } = change
    await tx.providerApp.update({
      where: { id },
      data: {
        ...plain,
        ...(picked ? { scopes: [...new Set([...picked, ...(catalogue?.always ?? [])])].sort() } : {}),
        ...(baseUrl ? { baseUrl: trimBase(baseUrl) } : {}),
        ...(agreedLimit === undefined
          ? {}
          : { agreedLimit: agreedLimit?.limit ?? null, agreedWindowS: agreedLimit?.windowS ?? null }),
        // Another client is another plugin: the id is learnt anew from its webhooks.
        ...(plain.clientId !== undefined && plain.clientId !== app.clientId ? { pluginId: null } : {}),
      },
      select: { id: true },
    })
    await auditApp(tx, deps, user, { id, name: change.name ?? app.name }, 'provider_app.updated', {
      fields: Object.keys(change).filter((field) => Reflect.get(change, field) !== undefined),
    })
  })
  await deps.events.publish({ topic: 'app', id })
}

function requireFields(provider: ProviderId, change: Change): void {
  const foreign = Object.keys(change).find((field) => !fieldsOf[provider].some((own) => own === field))
  if (foreign === undefined) return
  throw new PatchbayError('invalid_input', 'An app of this provider has no such field.', { field: foreign })
}

/** Tokens are bound to client, GUID and host: changing one of them would end every connection without a word. */
async function refuseBreaking(tx: Tx, app: EditableApp, change: Change): Promise<void> {
  const byOAuth: GrantKind[] = ['oauth_code', 'plugin_install', 'client_credentials']
  const dropped = app.grants.filter((grant) => change.grants && !change.grants.includes(grant))
  const breaking: { field: keyof Change; what: string; grants: GrantKind[] }[] = [
    ...(change.clientId !== undefined && change.clientId !== app.clientId
      ? [{ field: 'clientId' as const, what: 'the client id', grants: byOAuth }]
      : []),
    ...(change.s2sGuid !== undefined && change.s2sGuid !== app.s2sGuid
      ? [{ field: 's2sGuid' as const, what: 'the GUID', grants: ['s2s' as const] }]
      : []),
    ...(change.baseUrl !== undefined && trimBase(change.baseUrl) !== app.baseUrl
      ? [{ field: 'baseUrl' as const, what: 'the base URL', grants: [...byOAuth, 's2s' as const] }]
      : []),
    ...(dropped.length > 0
      ? [{ field: 'grants' as const, what: 'this kind of grant', grants: dropped }]
      : []),
  ]
  for (const { field, what, grants: bound } of breaking) {
    const count = await tx.connection.count({
      where: { appId: app.id, grantKind: { in: bound }, lifecycle: { in: ['live', 'pending'] } },
    })
    if (count === 0) continue
    const whose = count === 1 ? 'One connection stands' : `${count} connections stand`
    throw new PatchbayError(
      'conflict',
      `${whose} on ${what} of this app. Disconnect first, or enter another app beside this one.`,
      { field, count },
    )
  }
}
