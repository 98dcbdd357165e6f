import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { FromProcess, Order, Results } from './orders'

/** One process of the product, which a test orders about, kills and freezes. */
export type ChaosProcess = {
  pid: number
  /** Rejects when the process cannot carry it out, and when it ends before it has. */
  ask<Kind extends Order['kind']>(order: Extract<Order, { kind: Kind }>): Promise<Results[Kind]>
  signal(name: NodeJS.Signals): void
  /** Resolves with the exit code or the signal's name when it is gone. */
  exited: Promise<number | string>
}

type Waiting = { resolve(result: unknown): void; reject(error: Error): void }

/**
 * Starts tests/chaos/process.ts, bundled, and waits until it is ready for orders.
 *
 * @param bundle the bundled file
 * @param env its whole environment, but for PATH
 */
export async function runProcess(bundle: string, env: Record<string, string>): Promise<ChaosProcess> {
  const child = fork(bundle, {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', LOG_LEVEL: 'warn', ...env },
    execArgv: ['--enable-source-maps'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const waiting = new Map<number, Waiting>()
  let ready: () => void = () => {}
  const started = new Promise<void>((resolve) => {
    ready = resolve
  })
  child.on('message', (message: FromProcess) => {
    if ('ready' in message) return ready()
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if ('failed' in message) asked?.reject(new Error(`${message.failed}\n${said}`))
    else asked?.resolve(message.result)
  })
  const exited = once(child, 'close').then(([code, signal]) => {
    for (const { reject } of waiting.values())
      reject(new Error(`the process ended before it answered\n${said}`))
    return (code ?? signal) as number | string
  })
  let lastId = 0
  const running: ChaosProcess = {
    pid: child.pid ?? 0,
    ask<Kind extends Order['kind']>(order: Extract<Order, { kind: Kind }>) {
      lastId += 1
      const id = lastId
      child.send({ id, order })
      const answer = new Promise<Results[Kind]>((resolve, reject) => {
        // process.ts answers each kind of order with its own kind of result.
        waiting.set(id, { resolve: (result) => resolve(result as Results[Kind]), reject })
      })
      // A test that fails half-way leaves orders behind that nobody waits for any more.
      answer.catch(() => {})
      return answer
    },
    signal: (name) => void child.kill(name),
    exited,
  }
  const ended = exited.then((how) => {
    throw new Error(`the process ended before it was ready: ${how}\n${said}`)
  })
  await Promise.race([started, ended])
  return running
}
