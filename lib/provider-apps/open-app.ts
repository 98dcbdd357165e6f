import { PatchbayError } from '../core/errors'
import type { Secret } from '../core/secret'
import type { Deps } from '../deps'
import type { OpenApp } from '../providers/contract'
import { type SecretField, sealContext, sealedFields } from './sealed-fields'

type AppRow = Omit<OpenApp, SecretField> &
  Record<(typeof sealedFields)[SecretField]['property'], string | null>

/** By name and gathered: every rotation opens its app. */
const readApps = {
  name: 'read_apps',
  text: `
    SELECT item.n, app.id, app.slug, app.provider, app.environment, app.name, app.grants::text[] AS grants,
      app.base_url AS "baseUrl", app.browser_url AS "browserUrl", app.client_id AS "clientId", app.scopes,
      app.s2s_guid AS "s2sGuid", app.install_url AS "installUrl", app.plugin_id AS "pluginId",
      app.client_secret_sealed AS "clientSecretSealed", app.s2s_private_key_sealed AS "s2sPrivateKeySealed",
      app.webhook_secret_sealed AS "webhookSecretSealed", app.rate_limit_bypass_sealed AS "rateLimitBypassSealed"
    FROM jsonb_to_recordset($1::jsonb) AS item (n int, id text) JOIN provider_app AS app USING (id)`,
}

/**
 * Reads a provider app and opens its secrets, for the length of one verb. A hidden app opens too: its connections may still
 * have to be revoked.
 *
 * @throws PatchbayError `not_found`; `secret_unreadable` when a ciphertext does not open
 */
export async function openApp(deps: Pick<Deps, 'vault' | 'sql'>, appId: string): Promise<OpenApp> {
  const [row] = await deps.sql.batched<AppRow & { n: number }>(readApps, { id: appId })
  if (!row) throw new PatchbayError('not_found', 'There is no such provider app.')
  const open = (field: SecretField): Secret | null => {
    const sealed = row[sealedFields[field].property]
    return sealed === null ? null : deps.vault.open(sealed, sealContext(appId, field))
  }
  const { n, clientSecretSealed, s2sPrivateKeySealed, webhookSecretSealed, rateLimitBypassSealed, ...plain } =
    row
  return {
    ...plain,
    clientSecret: open('clientSecret'),
    s2sPrivateKey: open('s2sPrivateKey'),
    webhookSecret: open('webhookSecret'),
    rateLimitBypass: open('rateLimitBypass'),
  }
}
