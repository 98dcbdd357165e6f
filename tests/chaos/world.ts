import { fingerprint } from '../../lib/http/fingerprint'
import { storePair } from '../../lib/rotation/store-pair'
import type { Bundles } from './bundle'
import { createHerd } from './herd'
import { productEffects } from './product-effects'
import { type RevocationMode, startStrictProvider } from './strict-provider'

export type ChaosWorld = Awaited<ReturnType<typeof chaosWorld>>

/**
 * A strict provider and the database of one test; any number of processes may be started on them. The test's own effects share
 * database and keys with them, so it can open what they have stored.
 *
 * @param databaseUrl of a migrated database of the test's own
 */
export async function chaosWorld(bundles: Bundles, databaseUrl: string, mode: RevocationMode = 'first_use') {
  const provider = await startStrictProvider(bundles.sandbox)
  const { clientId, clientSecret } = provider
  const app = { baseUrl: provider.gate.url, clientId, clientSecret }
  const { deps, pool, env, appId, makeId, close } = await productEffects(databaseUrl, app)
  const herd = createHerd(bundles, env)
  await provider.control.act('outstand', 'rotation-mode', { mode })

  return {
    deps,
    provider,
    gate: provider.gate,
    env,
    /** Another process of the product. `skewMs` puts its clock wrong. */
    start: ({ skewMs = 0 } = {}) => herd.start({ CHAOS_SKEW_MS: String(skewMs) }),
    startWorker: herd.startWorker,
    /** A live connection with a pair of its own. */
    async connect(): Promise<string> {
      const connectionId = makeId('connection')
      const tokens = await provider.grant()
      await deps.db.connection.create({
        data: {
          id: connectionId,
          provider: 'outstand',
          appId,
          grantKind: 'oauth_code',
          lifecycle: 'live',
          externalAccountId: connectionId,
          accountName: 'Joan Mercer',
          ownStatus: 'healthy',
        },
      })
      await deps.db.$transaction((tx) =>
        storePair(tx, deps, { connectionId, tokens, kind: 'code', generation: 1 }),
      )
      return connectionId
    },
    /** Lets every access token end, there and here, and makes its connection due. */
    async expire(): Promise<void> {
      await provider.control.act('outstand', 'expire', { what: 'access' })
      await pool.query("UPDATE token_pair SET access_expires_at = now() - interval '10 minutes'")
      await pool.query(`UPDATE connection SET access_expires_at = now() - interval '10 minutes',
        next_attempt_at = now() - interval '10 minutes'`)
    },
    /**
     * A lease runs for a minute by the database's clock, which no test can put forward: its end is put back instead, which to
     * everybody who looks is the same.
     */
    async endLeases(): Promise<void> {
      await pool.query("UPDATE rotation_lease SET until = now() - interval '1 second'")
    },
    /** The same for whatever a connection waits for after a failure. */
    async endWaits(): Promise<void> {
      await pool.query(`UPDATE connection SET next_attempt_at = now() - interval '1 second',
        verdict_at = verdict_at - interval '1 day' WHERE next_attempt_at IS NOT NULL OR verdict_at IS NOT NULL`)
    },
    facts: (connectionId: string) =>
      deps.db.connection.findUniqueOrThrow({
        where: { id: connectionId },
        select: { ownStatus: true, generation: true, uncertainAt: true, needsReconnectAt: true },
      }),
    /** Outcomes of a connection's token calls, oldest first. */
    async journal(connectionId: string): Promise<string[]> {
      const rows = await deps.db.rotationJournal.findMany({
        where: { connectionId },
        orderBy: { id: 'asc' },
        select: { outcome: true },
      })
      return rows.map(({ outcome }) => outcome)
    },
    async storedToken(connectionId: string) {
      const { accessTokenSealed } = await deps.db.tokenPair.findUniqueOrThrow({
        where: { connectionId },
        select: { accessTokenSealed: true },
      })
      const place = { table: 'token_pair', rowId: connectionId, field: 'access_token_sealed' }
      const token = deps.vault.open(accessTokenSealed, place)
      return { fingerprint: fingerprint(token), lives: () => provider.takes(token) }
    },
    async close(): Promise<void> {
      await herd.end()
      await close()
      await provider.close()
    },
  }
}
