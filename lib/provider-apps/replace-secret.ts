import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import { PatchbayError } from '../core/errors'
import type { ProviderId } from '../core/provider'
import { Secret } from '../core/secret'
import type { Deps } from '../deps'
import type { AppCheck } from '../providers/contract'
import { auditApp } from './app-audit'
import { appFields, parseAppInput } from './app-input'
import { editableApp, lockEditableApp } from './editable-app'
import { openApp } from './open-app'
import { sealedFields, sealField } from './sealed-fields'
import { recordCheck, tryApp } from './try-app'

const plainSecrets = ['clientSecret', 'webhookSecret', 'rateLimitBypass'] as const
export type PlainSecret = (typeof plainSecrets)[number]

/** The secrets that an app of each provider has, besides the S2S key pair. */
export const secretsOf: Record<ProviderId, readonly PlainSecret[]> = {
  outreach: ['clientSecret', 'webhookSecret'],
  envoy: ['clientSecret'],
  outstand: ['clientSecret', 'webhookSecret', 'rateLimitBypass'],
}

const inputSchema = z.object({
  appId: appFields.appId,
  field: z.enum(plainSecrets),
  /** Blank erases it; a client secret cannot be erased. */
  value: z
    .string()
    .max(4000, 'At most 4000 characters.')
    .transform((text) => text.trim())
    .refine((text) => !/\p{Cc}/u.test(text), 'It holds a line break or another control character.')
    .transform((text) => (text === '' ? null : Secret.of(text))),
  /** Store it though the provider refuses it now. */
  evenIfRefused: z.boolean().default(false),
})

/**
 * Puts a secret in the place of the stored one; connections stay. A client secret is tried at the provider first: a refused one is
 * not stored, one that could not be tried (host down, no client id yet) is.
 *
 * @returns what the provider said, `null` where nothing was asked
 * @throws PatchbayError `forbidden`, `invalid_input` with `field`, `not_found`, `conflict`, `app_misconfigured` when refused
 */
export async function replaceSecret(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof inputSchema>,
): Promise<{ check: AppCheck | null }> {
  const user = requireRole(actor, 'admin')
  const { appId, field, value, evenIfRefused } = parseAppInput(inputSchema, input)
  const { provider } = await editableApp(deps.db, appId)
  if (!secretsOf[provider].includes(field)) {
    throw new PatchbayError('invalid_input', 'An app of this provider has no such secret.', { field })
  }
  if (field === 'clientSecret' && value === null) {
    throw new PatchbayError('invalid_input', 'Enter the new client secret.', { field })
  }
  const check = field === 'clientSecret' && value ? await tryClientSecret(deps, appId, value) : null
  if (check?.kind === 'wrong_credentials' && !evenIfRefused) {
    throw new PatchbayError('app_misconfigured', `Not stored. ${check.words}`, { field, appId })
  }
  await deps.db.$transaction(async (tx) => {
    const app = await lockEditableApp(tx, appId)
    await tx.providerApp.update({
      where: { id: appId },
      data: { [sealedFields[field].property]: sealField(deps.vault, appId, field, value) },
      select: { id: true },
    })
    if (check) await recordCheck(tx, deps, appId, check)
    const action = value ? 'provider_app.secret_replaced' : 'provider_app.secret_erased'
    await auditApp(tx, deps, user, app, action, { field, check: check?.kind ?? null })
  })
  await deps.events.publish({ topic: 'app', id: appId })
  return { check }
}

/** The S2S half of the app is left out: its key has nothing to do with the secret. */
async function tryClientSecret(deps: Deps, appId: string, clientSecret: Secret): Promise<AppCheck | null> {
  const app = await openApp(deps, appId)
  if (!app.clientId) return null
  const grants = app.grants.filter((grant) => grant !== 's2s')
  return grants.length > 0 ? tryApp(deps, { ...app, grants, clientSecret }) : null
}
