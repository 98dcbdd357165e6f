import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freePorts } from './free-ports'
import type { SandboxApp } from './kernel/contract'

type Ready = { ready: true; outreach: string; envoy: string; outstand: string; control: string }

/** Inside the project, where the bundle finds its packages. */
const cache = fileURLToPath(new URL('../node_modules/.cache/', import.meta.url))
let bundle: string
let folder: string
let port: number
let children: ChildProcessWithoutNullStreams[]
/** By then a process has said all that it says, which its exit alone does not mean. */
const ended = new WeakMap<ChildProcessWithoutNullStreams, Promise<unknown>>()

beforeAll(async () => {
  mkdirSync(cache, { recursive: true })
  bundle = join(mkdtempSync(join(cache, 'sandbox-test-')), 'sandbox.mjs')
  await build({
    entryPoints: [fileURLToPath(new URL('./main.ts', import.meta.url))],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  })
})
afterAll(() => rmSync(join(bundle, '..'), { recursive: true, force: true }))
beforeEach(async () => {
  children = []
  folder = mkdtempSync(join(tmpdir(), 'sandbox-main-'))
  port = await freePorts()
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

function start(env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [bundle], {
    env: {
      NODE_ENV: 'test',
      PATH: process.env.PATH,
      SANDBOX_PORT: String(port),
      SANDBOX_DATA: folder,
      SANDBOX_APP_URL: 'http://localhost:3999',
      SANDBOX_LEDGER: join(folder, 'issued.jsonl'),
      ...env,
    },
  })
  children.push(child)
  ended.set(child, once(child, 'close'))
  return child
}

async function ready(child: ChildProcessWithoutNullStreams): Promise<Ready> {
  for await (const line of createInterface(child.stdout)) return JSON.parse(line) as Ready
  throw new Error('it ended before it was ready')
}

async function exitCode(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  await ended.get(child)
  return child.exitCode
}

const appsOf = async (urls: Ready) => (await (await fetch(`${urls.control}/apps`)).json()) as SandboxApp[]

describe('the sandbox process', () => {
  it('says in one JSON line where its four servers are, and they answer', async () => {
    const urls = await ready(start())
    expect(urls).toMatchObject({
      ready: true,
      outreach: `http://127.0.0.1:${port}`,
      envoy: `http://127.0.0.1:${port + 1}`,
      outstand: `http://127.0.0.1:${port + 2}`,
      control: `http://127.0.0.1:${port + 3}`,
    })
    const apps = await appsOf(urls)
    expect(apps.map(({ key }) => key).sort()).toEqual([
      'sandbox-envoy-oauth',
      'sandbox-envoy-plugin',
      'sandbox-outreach-dev',
      'sandbox-outreach-legacy',
      'sandbox-outreach-prod',
      'sandbox-outreach-s2s',
      'sandbox-outstand',
      'sandbox-outstand-whitelabel',
    ])
    for (const { provider, redirectUris, baseUrl } of apps) {
      expect(baseUrl).toBe(urls[provider])
      for (const uri of redirectUris) expect(uri).toBe(`http://localhost:3999/api/callback/${provider}`)
    }
    for (const url of [urls.outreach, urls.envoy, urls.outstand, urls.control])
      expect((await fetch(`${url}/`)).headers.get('content-type')).toContain('text/html')
  })

  it('stops when its stdin closes, and keeps apps, clock and tokens', async () => {
    const first = start()
    const urls = await ready(first)
    const apps = await appsOf(urls)
    const app = apps.find(({ key }) => key === 'sandbox-outstand-whitelabel')
    const token = await fetch(`${urls.outstand}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: app?.clientId ?? '',
        client_secret: app?.clientSecret ?? '',
      }),
    })
    const { access_token } = (await token.json()) as { access_token: string }
    await fetch(`${urls.control}/api/clock/advance`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"ms":60000}',
    })
    first.stdin.end()
    expect(await exitCode(first)).toBe(0)

    const again = await ready(start())
    expect(await appsOf(again)).toEqual(apps)
    const clock = (await (await fetch(`${again.control}/api/clock`)).json()) as { offsetMs: number }
    expect(clock.offsetMs).toBe(60_000)
    const info = await fetch(`${again.outstand}/oauth/token/info`, {
      headers: { authorization: `Bearer ${access_token}` },
    })
    expect(info.status).toBe(200)
    expect(readFileSync(join(folder, 'issued.jsonl'), 'utf8')).toContain(access_token)
  })

  it('leaves Ctrl-C to the process that started it, and obeys SIGTERM', async () => {
    const child = start()
    const urls = await ready(child)
    child.kill('SIGINT')
    expect((await fetch(`${urls.control}/health`)).status).toBe(200)
    child.kill('SIGTERM')
    expect(await exitCode(child)).toBe(0)
  })

  it('says in one line which port is taken and what to set, and exits with 1', async () => {
    const squatter = createServer().listen(port + 2, '127.0.0.1')
    await once(squatter, 'listening')
    const child = start()
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    expect(await exitCode(child)).toBe(1)
    await new Promise((resolve) => squatter.close(resolve))
    expect(said).toBe(
      `Port ${port + 2} on 127.0.0.1 is taken. The sandbox needs ${port} to ${port + 3}: set SANDBOX_PORT to another number.\n`,
    )
  })

  it('says in one line that its folder cannot be used, and exits with 1', async () => {
    writeFileSync(join(folder, 'file'), '')
    const child = start({ SANDBOX_DATA: join(folder, 'file') })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    expect(await exitCode(child)).toBe(1)
    expect(said).toMatch(/^The sandbox could not start: .*\n$/)
  })

  it('names a wrong variable and exits with 1', async () => {
    const child = start({ SANDBOX_PORT: 'x' })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    expect(await exitCode(child)).toBe(1)
    expect(said).toBe('SANDBOX_PORT is the port of the sandbox Outreach, e.g. 3001\n')
  })
})
