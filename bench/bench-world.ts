import { setTimeout as pause } from 'node:timers/promises'
import { Secret } from '../lib/core/secret'
import { fingerprint } from '../lib/http/fingerprint'
import { createHerd } from '../tests/chaos/herd'
import { productEffects } from '../tests/chaos/product-effects'
import type { BenchSetting } from './bench-setting'
import { seededRefreshToken } from './grants'

const chunk = 1_000
const accessTtlMs = 7_200_000

export type BenchWorld = Awaited<ReturnType<typeof benchWorld>>

/** A migrated database of one benchmark's own, with the product's own effects on it; processes of the product share its keys. */
export async function benchWorld(setting: BenchSetting, providerUrl: string) {
  const url = await setting.makeDatabase()
  const app = { baseUrl: providerUrl, clientId: 'bench', clientSecret: 'bench' }
  const { deps, pool, env, appId, makeId, close } = await productEffects(url, app)
  const { root, processBundle, productBundle } = setting
  const herd = createHerd({ root, process: processBundle, product: productBundle }, env)
  const seal = (rowId: string, field: string, value: string) =>
    deps.vault.seal(Secret.of(value), { table: 'token_pair', rowId, field })

  function pairOf(connectionId: string, accessExpiresAt: Date) {
    const access = `a.${connectionId}.seeded`
    const refresh = seededRefreshToken(connectionId)
    return {
      connectionId,
      generation: 1,
      obtainedBy: 'code' as const,
      accessTokenSealed: seal(connectionId, 'access_token_sealed', access),
      refreshTokenSealed: seal(connectionId, 'refresh_token_sealed', refresh),
      accessFingerprint: fingerprint(Secret.of(access)),
      refreshFingerprint: fingerprint(Secret.of(refresh)),
      obtainedAt: new Date(accessExpiresAt.getTime() - accessTtlMs),
      accessExpiresAt,
      firstUsedAt: new Date(accessExpiresAt.getTime() - accessTtlMs),
    }
  }

  return {
    deps,
    pool,
    env,
    appId,
    makeId,
    /**
     * Live connections with sealed pairs that the provider believes.
     *
     * @param dueAt when each is to be renewed
     * @param lapsesAfterMs how long after that its access token ends
     */
    async seed(count: number, dueAt: (index: number) => Date, lapsesAfterMs: number): Promise<string[]> {
      const ids: string[] = []
      for (let from = 0; from < count; from += chunk) {
        const rows = Array.from({ length: Math.min(chunk, count - from) }, (_, index) => {
          const nextAttemptAt = dueAt(from + index)
          const accessExpiresAt = new Date(nextAttemptAt.getTime() + lapsesAfterMs)
          return { id: makeId('connection'), nextAttemptAt, accessExpiresAt }
        })
        await deps.db.connection.createMany({
          data: rows.map((row) => ({
            ...row,
            provider: 'outstand' as const,
            appId,
            grantKind: 'oauth_code' as const,
            lifecycle: 'live' as const,
            externalAccountId: row.id,
            accountName: `Account ${row.id}`,
            generation: 1,
            ownStatus: 'healthy',
          })),
        })
        await deps.db.tokenPair.createMany({ data: rows.map((row) => pairOf(row.id, row.accessExpiresAt)) })
        ids.push(...rows.map((row) => row.id))
      }
      await pool.query('VACUUM ANALYZE')
      return ids
    },
    start: herd.start,
    /** The product itself with the role `worker`. */
    startWorker: herd.startWorker,
    /** Resolves when no rotation is under way any more: each lease is given back and each new token was used. */
    async untilQuiet(): Promise<void> {
      const open = `SELECT (SELECT count(*) FROM rotation_lease) + (SELECT count(*) FROM token_pair WHERE first_used_at IS NULL) AS open`
      for (;;) {
        const { rows } = await pool.query<{ open: string }>(open)
        if (rows[0]?.open === '0') return
        await pause(100)
      }
    },
    /** How many connections have a pair beyond the seeded one. */
    async renewed(): Promise<number> {
      const { rows } = await pool.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM connection WHERE generation > 1',
      )
      return rows[0]?.count ?? 0
    },
    async close(): Promise<void> {
      await herd.end()
      await close()
    },
  }
}
