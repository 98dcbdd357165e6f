import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type SandboxControl, sandboxControl } from './sandbox-control'

const bundle = fileURLToPath(new URL('../../dist/sandbox.mjs', import.meta.url))
const folder = fileURLToPath(new URL('../../.test/products', import.meta.url))

/** Servers that speak the providers' protocols and that no Patchbay has started or knows of. */
export type OtherServers = {
  outreach: string
  outstand: string
  control: SandboxControl
  close(): Promise<void>
}

/**
 * @param port the first of four
 * @param appUrl whose redirect URIs are registered there
 */
export async function startOtherServers(port: number, appUrl: string): Promise<OtherServers> {
  const data = `${folder}/other_${randomBytes(5).toString('hex')}`
  const child = spawn(process.execPath, [bundle], {
    env: {
      NODE_ENV: 'production',
      PATH: process.env.PATH,
      SANDBOX_PORT: String(port),
      SANDBOX_HOST: '127.0.0.1',
      SANDBOX_DATA: data,
      SANDBOX_APP_URL: appUrl,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', () => resolve())
    ended.then(() => reject(new Error('the other servers ended before they were ready')))
  })
  const [outreach = '', outstand = '', control = ''] = [0, 2, 3].map(
    (offset) => `http://localhost:${port + offset}`,
  )
  return {
    outreach,
    outstand,
    control: sandboxControl(control),
    async close() {
      child.kill('SIGTERM')
      await ended
      await rm(data, { recursive: true, force: true })
    },
  }
}
