import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Config } from '../lib/config/config'
import type { Logger } from '../lib/telemetry/logger'

export type SandboxOptions = {
  /** The bundled sandbox/main.ts. */
  entry: string
  config: Pick<Config, 'sandbox' | 'dataDir' | 'appUrl'>
  log: Logger
  /** Called each time the sandbox is ready. */
  onReady(): Promise<void>
}

export type SandboxProcess = {
  /** Resolves when it was ready for the first time and `onReady` is through. */
  ready: Promise<void>
  stop(): Promise<void>
}

const restartFirstMs = 500
const restartMaxMs = 30_000

/**
 * Runs the local providers as a process of their own and starts them again when they die. They end when their standard
 * input closes, so none is left behind when this process is killed; a Ctrl-C of the terminal does not reach them before us.
 */
export function startSandbox({ entry, config, log, onReady }: SandboxOptions): SandboxProcess {
  let stopping = false
  let restartMs = restartFirstMs
  let child: ChildProcess | null = null
  let timer: NodeJS.Timeout | null = null
  let settle: (error: unknown) => void = () => {}
  const ready = new Promise<void>((resolve, reject) => {
    settle = (error) => (error === null ? resolve() : reject(error))
  })

  function run(): void {
    const started = spawn(process.execPath, ['--enable-source-maps', entry], {
      env: sandboxEnvironment(config),
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
    child = started
    started.stdin.on('error', () => {})
    let announced = false
    createInterface({ input: started.stdout }).on('line', (line) => {
      if (announced || !isReadyLine(line)) return
      announced = true
      restartMs = restartFirstMs
      onReady().then(
        () => settle(null),
        (error) => {
          log.error({ err: error }, 'the apps of the sandbox could not be taken over')
          settle(error)
        },
      )
    })
    createInterface({ input: started.stderr }).on('line', (line) => log.warn({ line }, 'the sandbox says'))
    started.once('error', (error) => log.error({ err: error }, 'the sandbox could not be started'))
    started.once('close', (code, signal) => {
      child = null
      if (stopping) return
      settle(new Error('The sandbox ended before it was ready; the log lines above say why.'))
      log.warn({ exit: code ?? signal, restartMs }, 'the sandbox ended and is started again')
      timer = setTimeout(run, restartMs)
      restartMs = Math.min(restartMs * 2, restartMaxMs)
    })
  }

  run()
  return {
    ready,
    async stop() {
      stopping = true
      if (timer) clearTimeout(timer)
      const last = child
      if (!last) return
      const gone = new Promise<void>((resolve) => last.once('close', () => resolve()))
      const impatient = setTimeout(() => last.kill('SIGKILL'), 5_000)
      last.stdin?.end()
      await gone
      clearTimeout(impatient)
    },
  }
}

function sandboxEnvironment({ sandbox, dataDir, appUrl }: SandboxOptions['config']): NodeJS.ProcessEnv {
  // A leak test names a file that is told every secret the sandbox hands out.
  const { SANDBOX_LEDGER } = process.env
  return {
    ...(SANDBOX_LEDGER ? { SANDBOX_LEDGER } : {}),
    NODE_ENV: 'production',
    SANDBOX_HOST: '127.0.0.1',
    SANDBOX_PORT: String(sandbox.ports.outreach),
    SANDBOX_DATA: `${dataDir}/sandbox`,
    SANDBOX_APP_URL: appUrl.origin,
  }
}

function isReadyLine(line: string): boolean {
  return line.startsWith('{') && line.includes('ready')
}
