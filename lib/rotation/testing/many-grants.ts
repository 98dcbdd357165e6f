import { randomBytes } from 'node:crypto'
import type { World } from '../../connections/test-world'
import { newId } from '../../core/ids'
import { Secret } from '../../core/secret'
import { fingerprint } from '../../http/fingerprint'

/**
 * Live connections whose grants the world's provider knows, written at once instead of through a flow each.
 *
 * @param accessLeftMs how long their access tokens are good for; below zero they have ended
 * @returns their ids
 */
export async function manyGrants(
  { deps, doorkeeper, appId, provider }: World,
  { count, accessLeftMs, nextAttemptAt }: { count: number; accessLeftMs: number; nextAttemptAt: Date },
): Promise<string[]> {
  const nowMs = deps.clock.now().getTime()
  const obtainedAt = new Date(nowMs - 2 * 3_600_000)
  const accessExpiresAt = new Date(nowMs + accessLeftMs)
  const before = doorkeeper.pairs.length
  const grants = Array.from({ length: count }, (_, n) => {
    const index = before + n
    const id = newId('connection', nowMs, deps.random.bytes(10))
    const account = { id: 1_000 + index, email: `${index}@example.com`, name: `Person ${index}`, org: 'Many' }
    const access = randomBytes(32).toString('base64url')
    const refresh = randomBytes(32).toString('base64url')
    const scopes: string[] = []
    const expiresAtMs = accessExpiresAt.getTime()
    doorkeeper.pairs.push({
      account,
      scopes,
      access,
      refresh,
      previousRefresh: null,
      expiresAtMs,
      revoked: false,
    })
    return { id, account, access: Secret.of(access), refresh: Secret.of(refresh) }
  })
  await deps.db.connection.createMany({
    data: grants.map(({ id, account }) => ({
      id,
      appId,
      provider,
      grantKind: 'oauth_code' as const,
      lifecycle: 'live' as const,
      ownStatus: 'healthy',
      accountName: account.name,
      externalAccountId: String(account.id),
      generation: 1,
      lastSuccessAt: obtainedAt,
      consentAt: obtainedAt,
      accessExpiresAt,
      nextAttemptAt,
    })),
  })
  const seal = (id: string, field: string, token: Secret) =>
    deps.vault.seal(token, { table: 'token_pair', rowId: id, field })
  await deps.db.tokenPair.createMany({
    data: grants.map(({ id, access, refresh }) => ({
      connectionId: id,
      generation: 1,
      obtainedBy: 'code' as const,
      accessTokenSealed: seal(id, 'access_token_sealed', access),
      accessFingerprint: fingerprint(access),
      refreshTokenSealed: seal(id, 'refresh_token_sealed', refresh),
      refreshFingerprint: fingerprint(refresh),
      obtainedAt,
      accessExpiresAt,
      firstUsedAt: obtainedAt,
    })),
  })
  return grants.map(({ id }) => id)
}
