import type { Secret } from '../core/secret'
import type { SealContext, Vault } from '../vault/vault'

/** The secrets of a provider app and the columns that hold them. */
export const sealedFields = {
  clientSecret: { property: 'clientSecretSealed', column: 'client_secret_sealed' },
  s2sPrivateKey: { property: 's2sPrivateKeySealed', column: 's2s_private_key_sealed' },
  webhookSecret: { property: 'webhookSecretSealed', column: 'webhook_secret_sealed' },
  rateLimitBypass: { property: 'rateLimitBypassSealed', column: 'rate_limit_bypass_sealed' },
} as const
export type SecretField = keyof typeof sealedFields

export function sealContext(appId: string, field: SecretField): SealContext {
  return { table: 'provider_app', rowId: appId, field: sealedFields[field].column }
}

/** @returns the ciphertext for the field's column, `null` for no secret */
export function sealField(
  vault: Vault,
  appId: string,
  field: SecretField,
  secret: Secret | null,
): string | null {
  return secret && vault.seal(secret, sealContext(appId, field))
}
