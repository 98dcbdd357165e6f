import { join } from 'node:path'
import { firstRun } from '../lib/auth/first-run'
import { isPatchbayError } from '../lib/core/errors'
import type { Deps } from '../lib/deps'
import { createApi } from '../lib/gateway/answer-api'
import { knowDatabase } from '../lib/instance/know-database'
import { syncEnvironmentApps } from '../lib/provider-apps/sync-environment-apps'
import { syncSandboxApps } from '../lib/provider-apps/sync-sandbox-apps'
import { storedFigures } from '../lib/queries/stored-figures'
import { createRuntime } from '../lib/runtime/create-runtime'
import { setDeps } from '../lib/runtime/deps-slot'
import { createLogger, type Logger } from '../lib/telemetry/logger'
import { watchProcess } from '../lib/telemetry/process-metrics'
import { beatRegularly } from './beat-regularly'
import { keepDatabaseUp } from './keep-database-up'
import { notifyWhenAlone } from './notify-when-alone'
import { openConfig } from './open-config'
import { openDatabase } from './open-database'
import { openPages } from './open-pages'
import { openWeb } from './open-web'
import { readVersion } from './read-version'
import { startSandbox } from './sandbox-process'
import { readyWords } from './say-ready'
import { isStartFault } from './start-fault'
import { startJobs } from './start-jobs'
import { createStopOrder, type StopOrder } from './stop-order'
import { listenForStop, untilStop } from './stop-signals'
import { takeSandboxApps } from './take-sandbox-apps'

export type ServeOptions = {
  /** The project's folder. */
  root: string
  dev: boolean
  /** The bundled sandbox/main.ts. */
  sandboxEntry: string
}

/** Longer than the longest thing a request may wait for (a rotation's 50 s). */
const patienceMs = 60_000

/** Runs Patchbay until a signal stops it; ends the process. */
export async function serve(options: ServeOptions): Promise<void> {
  const stop = listenForStop(say)
  let log = createLogger('info')
  const order = createStopOrder((words, error) => log.error({ err: error }, `could not stop ${words}`))
  process.stdout.on('error', () => {})
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise was rejected unheard'))
  process.on('uncaughtException', (error) => {
    log.error({ err: error }, 'an error was not caught')
    process.exitCode = 1
    stop.request('an error was not caught')
  })
  try {
    log = await start(options, order, stop.requested)
    await untilStop(stop.requested)
  } catch (error) {
    if (!stop.requested.aborted) process.exitCode = 1
    if (!stop.requested.aborted) sayFault(error, log)
  }
  await order.stopAll()
  process.exit()
}

async function start(options: ServeOptions, order: StopOrder, requested: AbortSignal): Promise<Logger> {
  const { config, cluster } = await openConfig(process.env, (words) => say(`Database: ${words}.`))
  const log = createLogger(config.logLevel)
  if (cluster)
    order.add('the embedded database', async () => {
      if (!(await cluster.stop())) say('The embedded database goes on: another process uses it.')
    })
  requested.throwIfAborted()
  process.env.NEXTAUTH_URL = config.appUrl.origin
  process.env.NEXTAUTH_SECRET = config.nextauthSecret.reveal()

  const applied = await openDatabase(config, join(options.root, 'prisma', 'migrations'), log)
  if (applied.length > 0) log.info({ applied }, 'migrations applied')
  if (cluster) {
    const keeper = keepDatabaseUp(cluster, log)
    order.add('the look after the database', keeper.stop)
  }
  requested.throwIfAborted()

  const runtime = await createRuntime({ config, log })
  order.add('the database pool', runtime.close)
  setDeps(runtime.deps)
  watchProcess(runtime.deps.metrics)
  const beating = await beatRegularly(runtime.deps, runtime.clock, readVersion(options.root))
  order.add('the heartbeat', beating.stop)
  const hold = await knowDatabase(runtime.deps)
  if (hold) say(`This database is a copy: rotations are held until somebody presses Go on. ${hold.reason}`)
  requested.throwIfAborted()

  await syncEnvironmentApps(runtime.deps)
  await openSandbox(runtime.deps, options, order)
  requested.throwIfAborted()
  order.add(
    'rotations',
    // One may be followed by another, of who was refused with its token.
    async () => {
      while (runtime.deps.rotations.size > 0)
        await Promise.allSettled([...runtime.deps.rotations.values()].map(({ settled }) => settled))
    },
  )
  const jobs = config.roles.includes('worker') ? await startJobs(runtime.deps) : null
  if (jobs) order.add('the jobs', jobs.stop)
  else order.add('the notifications', notifyWhenAlone(runtime.deps).stop)
  // Before the first request: who is told that it is ready can sign in.
  const { link } = await firstRun(runtime.deps)
  const askDatabase = () => runtime.pool.query('SELECT 1')
  const web = await openWeb({
    config,
    log,
    metrics: runtime.deps.metrics,
    dev: options.dev,
    api: createApi(runtime.deps),
    openPages: (server) => openPages(server, { config, ...options }),
    askDatabase,
    readFigures: () => storedFigures(runtime.deps),
  })
  // Side by side: each may last as long as a token call.
  order.add('requests and jobs', async () => {
    await Promise.all([web.drain(patienceMs), jobs?.stop()])
  })
  say(readyWords({ config, setUpLink: link, tookMs: performance.now() }))
  log.info({ port: config.port, roles: config.roles }, 'ready')
  return log
}

/** The local providers beside the product; without them the product still starts. */
async function openSandbox(deps: Deps, { sandboxEntry }: ServeOptions, order: StopOrder): Promise<void> {
  if (!deps.config.sandbox.on) return syncSandboxApps(deps, [])
  if (!deps.config.roles.includes('web')) return
  const onReady = () => takeSandboxApps(deps)
  const sandbox = startSandbox({ entry: sandboxEntry, config: deps.config, log: deps.log, onReady })
  order.add('the sandbox', sandbox.stop)
  await sandbox.ready.catch((error: unknown) => {
    deps.log.error({ err: error }, 'the sandbox is not ready')
    say('The sandbox could not be started; the lines above say why. Patchbay goes on without it.')
  })
}

function sayFault(error: unknown, log: Logger): void {
  if (isStartFault(error)) {
    const lines = error.lines.map((line) => `  ${line}`)
    process.stderr.write(`\n${[error.message, ...lines].join('\n')}\n`)
  } else if (isPatchbayError(error)) {
    process.stderr.write(`\n${error.message}\n`)
  } else {
    log.error({ err: error }, 'Patchbay could not be started')
  }
}

function say(words: string): void {
  process.stdout.write(`  ${words}\n`)
}
