import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLogger } from '../lib/telemetry/logger'
import { type SandboxProcess, startSandbox } from './sandbox-process'

/** Notes its pid, is ready, and ends with its standard input, as the real one does. */
const wellBehaved = `
  import { appendFileSync } from 'node:fs'
  appendFileSync(process.env.SANDBOX_DATA + '.pids', process.pid + '\\n')
  console.log('a line before')
  console.log(JSON.stringify({ ready: true, port: process.env.SANDBOX_PORT, app: process.env.SANDBOX_APP_URL }))
  process.stdin.on('end', () => process.exit(0)).resume()
`

let folder: string
let running: SandboxProcess | null
let readyTimes: number
let lines: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-sandbox-'))
  running = null
  readyTimes = 0
  lines = []
})
afterEach(async () => {
  await running?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function start(script: string, onReady = async () => void readyTimes++): Promise<SandboxProcess> {
  const entry = join(folder, 'sandbox.mjs')
  await writeFile(entry, script)
  const ports = { outreach: 4001, envoy: 4002, outstand: 4003, control: 4004 }
  const config = { dataDir: folder, appUrl: new URL('http://localhost:4000'), sandbox: { on: true, ports } }
  const log = createLogger('info', { write: (line: string) => void lines.push(line) })
  running = startSandbox({ entry, config, log, onReady })
  return running
}

async function pids(): Promise<number[]> {
  const text = await readFile(join(folder, 'sandbox.pids'), 'utf8')
  return text.trim().split('\n').map(Number)
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('the process of the sandbox', () => {
  it('is ready when it says so, and ends when its input is closed', async () => {
    const sandbox = await start(wellBehaved)
    await sandbox.ready
    expect(readyTimes).toBe(1)
    const [pid = 0] = await pids()
    expect(lives(pid)).toBe(true)
    await sandbox.stop()
    expect(lives(pid)).toBe(false)
  })

  it('is started again when it dies, and taken over anew', async () => {
    const sandbox = await start(wellBehaved)
    await sandbox.ready
    const [pid = 0] = await pids()
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => readyTimes).toBe(2)
    expect(await pids()).toHaveLength(2)
  })

  it('that cannot start is told of, with what it said', async () => {
    const sandbox = await start("console.error('port 4001 is taken'); process.exit(1)")
    await expect(sandbox.ready).rejects.toThrow(/ended before it was ready/)
    expect(lines.join('')).toContain('port 4001 is taken')
    await sandbox.stop()
  })

  it('whose apps cannot be taken over is told of', async () => {
    const sandbox = await start(wellBehaved, () => Promise.reject(new Error('no apps')))
    await expect(sandbox.ready).rejects.toThrow(/no apps/)
  })
})
