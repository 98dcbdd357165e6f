import { fork } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { freePorts } from '../tests/product/free-ports'
import { statusOf } from '../tests/product/run-product'
import type { BenchSetting } from './bench-setting'
import type { BenchServer } from './server-process'

/** Runs the product with the role `web`, with its own defaults, in a process of its own; resolves when it is ready. */
export async function startWeb(setting: BenchSetting, env: Record<string, string>): Promise<BenchServer> {
  const port = String(await freePorts(1))
  const child = fork(setting.productBundle, {
    // As `npm start` runs it: what this program was started with (source maps) is not inherited.
    execArgv: [],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      ROLES: 'web',
      SANDBOX: 'off',
      HOST: '127.0.0.1',
      PORT: port,
      CHAOS_ROOT: setting.root,
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const url = `http://127.0.0.1:${port}`
  while ((await statusOf(`${url}/api/health/ready`)) !== 200) {
    if (child.exitCode !== null) throw new Error('the product ended before it was ready')
    await pause(50)
  }
  return { url, stop: () => void child.kill('SIGKILL') }
}
