import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Secret } from '../core/secret'
import { type ClusterPlace, placeCluster } from './embedded/cluster-place'
import { clusterUser } from './embedded/cluster-user'
import { connectCluster, databaseName, otherSessions } from './embedded/connect-cluster'
import { clusterRole, initCluster, isInitialised } from './embedded/init-cluster'
import { findNativeBinaries } from './embedded/native-binaries'
import { dropStalePidFile, isRunning, readPostmaster } from './embedded/postmaster'
import { runTool, type ToolUser } from './embedded/run-tool'

export type ClusterOptions = {
  /** DATA_DIR, which exists. */
  dataDir: string
  /** Names this DATA_DIR's cluster where it cannot live inside. */
  clusterId: string
  password: Secret
  /** Sessions that must fit beside PostgreSQL's own. */
  sessionsMax: number
  /** `false` only for databases that are thrown away: a crash may lose them. */
  durable: boolean
  /** Told in a few words of what takes time or lies elsewhere. */
  say(words: string): void
}

export type EmbeddedCluster = {
  /** Of the application's database, with the password. */
  url: string
  /** Starts PostgreSQL again on the same port if it is gone; says whether it had to. */
  keepUp(): Promise<boolean>
  /** Stops PostgreSQL unless another process of ours still uses it; says whether it did. */
  stop(): Promise<boolean>
}

const attemptsMax = 40
const attemptEveryMs = 250

/**
 * Runs a PostgreSQL of our own on 127.0.0.1: makes the cluster the first time, adopts a server that runs already, and tries
 * for ten seconds where a killed one has left something behind.
 *
 * @throws Error in words, with the end of PostgreSQL's log
 */
export async function startCluster(options: ClusterOptions): Promise<EmbeddedCluster> {
  const native = findNativeBinaries()
  const user = await clusterUser(options.say)
  const place = await placeCluster({ ...options, native, user })
  if (!(await isInitialised(place.cluster))) {
    options.say('making the database')
    await initCluster(place, user, options.password)
  }
  const port = await startOrAdopt({ place, user, ...options }, null)
  await connectCluster({ port, password: options.password, database: 'postgres', ensureDatabase: true })
  return {
    url: `postgresql://${clusterRole}:${options.password.reveal()}@127.0.0.1:${port}/${databaseName}`,
    async keepUp() {
      const postmaster = await readPostmaster(place.cluster)
      if (postmaster && (await isRunning(postmaster))) return false
      await startOrAdopt({ place, user, ...options }, port)
      return true
    },
    async stop() {
      if ((await otherSessions(port, options.password)) > 0) return false
      const stop = ['stop', '-D', place.cluster, '-m', 'fast', '-w', '-t', '30']
      return (await runTool(join(place.bin, 'pg_ctl'), stop, user)).code === 0
    },
  }
}

type StartOptions = ClusterOptions & { place: ClusterPlace; user: ToolUser }

/** @returns the port it listens on */
async function startOrAdopt(options: StartOptions, fixedPort: number | null): Promise<number> {
  const { cluster } = options.place
  let output = ''
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    if (attempt > 0) await pause(attemptEveryMs)
    const postmaster = await readPostmaster(cluster)
    if (postmaster && (await isRunning(postmaster))) {
      if (await connectCluster({ ...postmaster, password: options.password, database: 'postgres' }))
        return postmaster.port
      continue
    }
    await dropStalePidFile(cluster)
    const port = fixedPort ?? (await freePort())
    const started = await pgCtlStart(options, port)
    if (started.code === 0) return port
    output = started.output
  }
  const log = await readFile(logPath(cluster), 'utf8').catch(() => '')
  throw new Error(
    `The embedded PostgreSQL in ${cluster} does not start. ${output}\n${log.split('\n').slice(-8).join('\n')}`,
  )
}

function pgCtlStart({ place, user, sessionsMax, durable }: StartOptions, port: number) {
  const settings = [`-p ${port}`, '-h 127.0.0.1', `-c max_connections=${sessionsMax}`]
  if (!durable) settings.push('-c fsync=off', '-c synchronous_commit=off', '-c full_page_writes=off')
  return runTool(
    join(place.bin, 'pg_ctl'),
    ['start', '-D', place.cluster, '-w', '-t', '60', '-l', logPath(place.cluster), '-o', settings.join(' ')],
    user,
  )
}

function logPath(cluster: string): string {
  return join(cluster, 'server.log')
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
