import { fork } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { bundleOptions } from '../../scripts/steps/bundle.mjs'
import { root } from '../../scripts/steps/root.mjs'
import type { ApiProcessNews } from './api-process'

export type ApiProcess = {
  origin: string
  /** Resident memory in bytes: now, and at most since it was last asked. */
  memory(): Promise<{ rss: number; peakRss: number }>
  stop(): Promise<void>
}

/** Bundles and starts tests/chaos/api-process.ts. @param env its whole environment, but for PATH */
export async function runApiProcess(env: Record<string, string>): Promise<ApiProcess> {
  // Inside the project, where the bundle finds its packages.
  await mkdir(join(root, '.test'), { recursive: true })
  const folder = await mkdtemp(join(root, '.test', 'api-'))
  const bundle = join(folder, 'api-process.mjs')
  await build(bundleOptions('tests/chaos/api-process.ts', bundle))
  const child = fork(bundle, {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const gone = new Promise<never>((_resolve, reject) => {
    child.once('close', (how) => reject(new Error(`the process has ended: ${how}\n${said}`)))
  })
  gone.catch(() => {})
  const news = () =>
    Promise.race([gone, new Promise<ApiProcessNews>((resolve) => child.once('message', resolve))])
  const ready = await news()
  if (!('port' in ready)) throw new Error('the process told its memory before its port')
  return {
    origin: `http://127.0.0.1:${ready.port}`,
    async memory() {
      const told = news()
      child.send({})
      const memory = await told
      if (!('rss' in memory)) throw new Error('the process told its port again')
      return memory
    },
    async stop() {
      child.kill('SIGKILL')
      await gone.catch(() => {})
      await rm(folder, { recursive: true, force: true })
    },
  }
}
