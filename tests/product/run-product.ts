import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const start = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url))
const readyEveryMs = 100

export type RunningProduct = {
  pid: number
  /** Everything it has printed so far. */
  output(): string
  signal(signal: NodeJS.Signals): void
  /** Resolves with the exit code, or the signal's name, when the process is gone. */
  exited: Promise<number | string>
  /** Resolves when /api/health/ready answers 200; rejects, with the output, when the process ends before. */
  ready(): Promise<void>
  /** Stops it as an operator would, and resolves with the exit code. */
  stop(): Promise<number | string>
}

/** What the product is given beside its own settings: nothing of the environment that the tests run in. */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'LANG'] as const

/**
 * Runs `node scripts/start.mjs`, which is what `npm start` executes.
 *
 * @param settings its whole configuration
 * @param logFile everything it prints, kept for the search for secrets
 */
export function runProduct(settings: Record<string, string>, logFile: string): RunningProduct {
  const basis = Object.fromEntries(inherited.flatMap((name) => [[name, process.env[name] ?? '']]))
  const child: ChildProcess = spawn(process.execPath, [start], {
    env: { NODE_ENV: 'production', ...basis, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  mkdirSync(dirname(logFile), { recursive: true })
  const log = createWriteStream(logFile, { flags: 'a' })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
      log.write(text)
    })
  const exited = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => log.end(() => resolve(code ?? signal ?? 'unknown')))
  })
  let gone = false
  exited.then(() => {
    gone = true
  })
  const signal = (name: NodeJS.Signals) => void child.kill(name)
  return {
    pid: child.pid ?? 0,
    output: () => output,
    signal,
    exited,
    async ready() {
      while (!(await isReady(settings.PORT ?? ''))) {
        if (gone) throw new Error(`Patchbay ended before it was ready:\n${output}`)
        await pause(readyEveryMs)
      }
    },
    async stop() {
      signal('SIGTERM')
      return exited
    },
  }
}

async function isReady(port: string): Promise<boolean> {
  return (await statusOf(`http://127.0.0.1:${port}/api/health/ready`)) === 200
}

/** The status of an answer, `null` when there is none. */
export async function statusOf(url: string): Promise<number | null> {
  return fetch(url, { signal: AbortSignal.timeout(30_000), redirect: 'manual' }).then(
    async (answer) => {
      await answer.body?.cancel()
      return answer.status
    },
    () => null,
  )
}
