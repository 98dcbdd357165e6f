import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { freePorts } from '../product/free-ports'
import { statusOf } from '../product/run-product'

export type WorkerProcess = {
  /** Everything it has printed so far. */
  output(): string
  signal(name: NodeJS.Signals): void
  exited: Promise<number | string>
}

/**
 * Runs the product with the role `worker` in a process of its own and waits until it says that it is ready.
 *
 * @param bundle the bundled tests/chaos/product.ts
 * @param root the project's folder
 * @param env DATABASE_URL and the keys
 */
export async function runWorker(
  bundle: string,
  root: string,
  env: Record<string, string>,
): Promise<WorkerProcess> {
  const port = String(await freePorts(1))
  const child = fork(bundle, {
    execArgv: ['--enable-source-maps'],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      ROLES: 'worker',
      HOST: '127.0.0.1',
      PORT: port,
      CHAOS_ROOT: root,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  let gone = false
  const exited = once(child, 'close').then(([code, signal]) => {
    gone = true
    return (code ?? signal) as number | string
  })
  while ((await statusOf(`http://127.0.0.1:${port}/api/health/ready`)) !== 200) {
    if (gone) throw new Error(`the worker ended before it was ready\n${output}`)
    await pause(50)
  }
  return { output: () => output, signal: (name) => void child.kill(name), exited }
}
