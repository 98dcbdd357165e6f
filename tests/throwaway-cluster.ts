import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '../lib/core/secret'
import { startCluster } from '../lib/db/embedded-cluster'

/** A PostgreSQL of a test run's own, in the temporary folder; `stop` ends it and deletes its data. */
export async function startThrowawayCluster({ durable = false } = {}): Promise<{
  url: string
  stop(): Promise<void>
}> {
  const dataDir = await mkdtemp(join(tmpdir(), 'patchbay-test-'))
  const cluster = await startCluster({
    dataDir,
    clusterId: `test-${randomBytes(6).toString('hex')}`,
    password: Secret.of(randomBytes(24).toString('base64url')),
    sessionsMax: 300,
    durable,
    say: () => {},
  })
  return {
    url: cluster.url,
    async stop() {
      await cluster.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
