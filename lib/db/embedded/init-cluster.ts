import { appendFile, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Secret } from '../../core/secret'
import type { ClusterPlace } from './cluster-place'
import { runTool, type ToolUser } from './run-tool'

/** The one role of the embedded database; its password is made at the first start. */
export const clusterRole = 'patchbay'

/** This machine only, and errors are logged without the values that caused them. */
const settings = `
# Patchbay
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
log_checkpoints = off
log_error_verbosity = terse
log_min_error_statement = panic
`

export async function isInitialised(cluster: string): Promise<boolean> {
  return (await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => '')) !== ''
}

/**
 * Makes the database cluster: UTF-8, an order of text that is the same on every machine, passwords by SCRAM. It is made
 * beside its place and moved there when whole, so a start that is killed leaves nothing half-made.
 *
 * @throws Error with initdb's words
 */
export async function initCluster(place: ClusterPlace, user: ToolUser, password: Secret): Promise<void> {
  const part = `${place.cluster}.new-${process.pid}`
  const passwordFile = `${part}.password`
  await rm(part, { recursive: true, force: true })
  await mkdir(part, { mode: 0o700 })
  await writeFile(passwordFile, password.reveal(), { mode: 0o600 })
  if (user) for (const path of [part, passwordFile]) await chown(path, user.uid, user.gid)
  try {
    const made = await runTool(
      join(place.bin, 'initdb'),
      [
        `--pgdata=${part}`,
        `--username=${clusterRole}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
      ],
      user,
    )
    if (made.code !== 0) throw new Error(`PostgreSQL's initdb failed: ${made.output}`)
    await appendFile(join(part, 'postgresql.conf'), settings)
    await rename(part, place.cluster).catch(async (error) => {
      if (!(await isInitialised(place.cluster))) throw error
    })
  } finally {
    await rm(passwordFile, { force: true })
    await rm(part, { recursive: true, force: true })
  }
}
