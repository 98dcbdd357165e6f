import { PatchbayError } from '../core/errors'
import type { Secret } from '../core/secret'
import type { Db } from '../db/client'
import type { Deps } from '../deps'
import type { OpenApp } from '../providers/contract'
import { type SecretField, sealContext, sealedFields } from './sealed-fields'

const appSelect = {
  id: true,
  slug: true,
  provider: true,
  environment: true,
  name: true,
  grants: true,
  baseUrl: true,
  browserUrl: true,
  clientId: true,
  scopes: true,
  s2sGuid: true,
  installUrl: true,
  pluginId: true,
  clientSecretSealed: true,
  s2sPrivateKeySealed: true,
  webhookSecretSealed: true,
  rateLimitBypassSealed: true,
} as const

/**
 * Reads a provider app and opens its secrets, for the length of one verb. A hidden app opens too: its connections may still
 * have to be revoked.
 *
 * @throws PatchbayError `not_found`; `secret_unreadable` when a ciphertext does not open
 */
export async function openApp(
  deps: Pick<Deps, 'vault'> & { db: Pick<Db, 'providerApp'> },
  appId: string,
): Promise<OpenApp> {
  const row = await deps.db.providerApp.findUnique({ where: { id: appId }, select: appSelect })
  if (!row) throw new PatchbayError('not_found', 'There is no such provider app.')
  const open = (field: SecretField): Secret | null => {
    const sealed = row[sealedFields[field].property]
    return sealed === null ? null : deps.vault.open(sealed, sealContext(appId, field))
  }
  const { clientSecretSealed, s2sPrivateKeySealed, webhookSecretSealed, rateLimitBypassSealed, ...plain } =
    row
  return {
    ...plain,
    clientSecret: open('clientSecret'),
    s2sPrivateKey: open('s2sPrivateKey'),
    webhookSecret: open('webhookSecret'),
    rateLimitBypass: open('rateLimitBypass'),
  }
}
