import { randomBytes } from 'node:crypto'
import { loadConfig } from '../../lib/config/load-config'
import { newId } from '../../lib/core/ids'
import { Secret } from '../../lib/core/secret'
import { createRuntime } from '../../lib/runtime/create-runtime'
import { createLogger } from '../../lib/telemetry/logger'

/** A provider app of Outstand, as it is registered there. */
export type RegisteredApp = { baseUrl: string; clientId: string; clientSecret: string }

/**
 * The product's own effects on a database of the caller's own, with one provider app in it. `env` gives processes of the
 * product the same database and keys, so that each can open what the other has stored.
 *
 * @param databaseUrl of a migrated database that nobody has used yet
 */
export async function productEffects(databaseUrl: string, app: RegisteredApp) {
  const env = {
    APP_URL: 'http://localhost:3000',
    DATABASE_URL: databaseUrl,
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
  }
  const loaded = loadConfig(env)
  if (!loaded.ok) throw new Error(loaded.faults.join('\n'))
  const { deps, pool, close } = await createRuntime({ config: loaded.config, log: createLogger('silent') })
  const makeId = (kind: 'providerApp' | 'connection') => newId(kind, Date.now(), randomBytes(10))
  const appId = makeId('providerApp')
  const place = { table: 'provider_app', rowId: appId, field: 'client_secret_sealed' }
  await deps.db.providerApp.create({
    data: {
      id: appId,
      slug: 'main',
      provider: 'outstand',
      environment: 'production',
      origin: 'settings',
      name: 'App main',
      grants: ['oauth_code'],
      baseUrl: app.baseUrl,
      clientId: app.clientId,
      clientSecretSealed: deps.vault.seal(Secret.of(app.clientSecret), place),
    },
  })
  return { deps, pool, env, appId, makeId, close }
}
