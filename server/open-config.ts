import { mkdir } from 'node:fs/promises'
import type { Config } from '../lib/config/config'
import { completeConfig, loadConfig } from '../lib/config/load-config'
import { Secret } from '../lib/core/secret'
import { type EmbeddedCluster, startCluster } from '../lib/db/embedded-cluster'
import { keepSecrets } from './kept-secrets'
import { readEnvironment } from './read-environment'
import { StartFault } from './start-fault'

export type OpenConfig = { config: Config; cluster: EmbeddedCluster | null }

/** Sessions beside the pool: LISTEN, migrations, a person with psql, a second process. */
const sessionsBesidePool = 60

/**
 * Reads the environment; in embedded mode also makes what it does not give: keys, and a PostgreSQL that runs.
 *
 * @throws StartFault with every fault of the environment
 */
export async function openConfig(
  env: Readonly<Record<string, string | undefined>>,
  say: (words: string) => void,
): Promise<OpenConfig> {
  const loaded = readEnvironment(env)
  if (!loaded.ok) throw new StartFault('The environment is not right.', loaded.faults)
  const { settings } = loaded
  await mkdir(settings.dataDir, { recursive: true, mode: 0o700 })
  if (!settings.embedded) {
    const whole = loadConfig(env)
    if (!whole.ok) throw new StartFault('The environment is not right.', whole.faults)
    return { config: whole.config, cluster: null }
  }
  const kept = await keepSecrets(settings.dataDir)
  const cluster = await startCluster({
    dataDir: settings.dataDir,
    clusterId: kept.clusterId,
    password: Secret.of(kept.databasePassword),
    sessionsMax: settings.pool + sessionsBesidePool,
    durable: true,
    say,
  }).catch((cause: Error) => {
    throw new StartFault('The database could not be started.', cause.message.split('\n'), { cause })
  })
  const config = completeConfig(settings, {
    databaseUrl: Secret.of(cluster.url),
    nextauthSecret: Secret.of(kept.nextauthSecret),
    encryptionKeys: [{ id: kept.encryptionKey.id, key: Secret.of(kept.encryptionKey.key) }],
  })
  return { config, cluster }
}
