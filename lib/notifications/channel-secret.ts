import { Secret } from '../core/secret'
import type { Deps } from '../deps'
import type { SealContext } from '../vault/vault'

/** How long a replaced secret still signs beside the new one. */
export const overlapMs = 24 * 60 * 60 * 1000

const columns = {
  secretSealed: 'secret_sealed',
  previousSecretSealed: 'previous_secret_sealed',
} as const

function context(channelId: string, field: keyof typeof columns): SealContext {
  return { table: 'notification_channel', rowId: channelId, field: columns[field] }
}

/** A new signing secret: `whsec_` and 32 random bytes in base64 (Standard Webhooks 1.0, "Signature scheme"). */
export function newChannelSecret(deps: Pick<Deps, 'random'>): Secret {
  return Secret.of(`whsec_${Buffer.from(deps.random.bytes(32)).toString('base64')}`)
}

export function sealChannelSecret(deps: Pick<Deps, 'vault'>, channelId: string, secret: Secret): string {
  return deps.vault.seal(secret, context(channelId, 'secretSealed'))
}

/** The present secret's ciphertext, sealed anew for the column of the previous one: it opens in no other place. */
export function moveToPrevious(deps: Pick<Deps, 'vault'>, channelId: string, sealed: string): string {
  const secret = deps.vault.open(sealed, context(channelId, 'secretSealed'))
  return deps.vault.seal(secret, context(channelId, 'previousSecretSealed'))
}

export type SealedSecrets = {
  id: string
  secretSealed: string | null
  previousSecretSealed: string | null
  secretReplacedAt: Date | null
}

/**
 * The secrets that sign now: the present one first, then the one before while it still counts.
 *
 * @throws PatchbayError `secret_unreadable`
 */
export function openChannelSecrets(deps: Pick<Deps, 'vault' | 'clock'>, channel: SealedSecrets): Secret[] {
  const { id, secretSealed, previousSecretSealed, secretReplacedAt } = channel
  const secrets = secretSealed ? [deps.vault.open(secretSealed, context(id, 'secretSealed'))] : []
  const overlaps = secretReplacedAt && deps.clock.now().getTime() - secretReplacedAt.getTime() < overlapMs
  if (previousSecretSealed && overlaps)
    secrets.push(deps.vault.open(previousSecretSealed, context(id, 'previousSecretSealed')))
  return secrets
}
