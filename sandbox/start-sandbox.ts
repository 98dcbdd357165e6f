import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { z } from 'zod'
import type { SandboxConfig } from './config'
import { createControl } from './control/control'
import { createEnvoy } from './envoy/envoy'
import { type Clock, createClock } from './kernel/clock'
import { createContext } from './kernel/context'
import { PROVIDER_NAMES, type ProviderName, type SandboxContext, type SandboxEnv } from './kernel/contract'
import { type Served, serve } from './kernel/serve'
import { readText, writeWhole } from './kernel/store'
import { createOutreach } from './outreach/outreach'
import { createOutstand } from './outstand/outstand'

export type Sandbox = {
  readonly urls: Readonly<Record<ProviderName | 'control', string>>
  /** Stops listening and writes what is not yet written. */
  stop(): Promise<void>
}

/** Thrown when a port cannot be listened on; the message is for the person who started it. */
export class PortTaken extends Error {}

/** Starts the three providers and the control server. Throws PortTaken; nothing is left running then. */
export async function startSandbox(config: SandboxConfig, warn: (words: string) => void): Promise<Sandbox> {
  const clock = keptClock(join(config.dataFolder, 'clock.json'))
  const hosts = hostsOf(config)
  const urlOf = (host: string, offset: number) => `http://${host}:${config.port + offset}`
  const contexts = makeContexts(config, clock, warn, (name) => {
    const offset = PROVIDER_NAMES.indexOf(name)
    return { baseUrl: urlOf(hosts.programs, offset), browserUrl: urlOf(hosts.browsers, offset) }
  })
  const providers = [
    createOutreach(contexts.outreach),
    createEnvoy(contexts.envoy),
    createOutstand(contexts.outstand),
  ]
  const controlUrl = urlOf(hosts.browsers, PROVIDER_NAMES.length)
  const control = createControl({
    parts: { clock, contexts, providers },
    baseUrl: controlUrl,
    allowedHosts: [hosts.browsers],
  })
  const served = await serveAll([...providers.map(({ app }) => app), control], config)
  return {
    urls: {
      outreach: contexts.outreach.browserUrl,
      envoy: contexts.envoy.browserUrl,
      outstand: contexts.outstand.browserUrl,
      control: controlUrl,
    },
    async stop() {
      await Promise.all(served.map((one) => one.close()))
      await Promise.all(providers.map((provider) => provider.flush()))
    },
  }
}

/** Programs reach it on this machine; browsers too, unless it listens for others: then as they reach Patchbay. */
function hostsOf({ host, appUrl }: SandboxConfig): { programs: string; browsers: string } {
  const anywhere = host === '0.0.0.0' || host === '::'
  const programs = anywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  return { programs, browsers: anywhere ? new URL(appUrl).hostname : programs }
}

const clockSchema = z.object({ offsetMs: z.number().min(0) })

function keptClock(file: string): Clock {
  const text = readText(file)
  const { offsetMs } = text === null ? { offsetMs: 0 } : clockSchema.parse(JSON.parse(text))
  return createClock({ offsetMs, keep: (ms) => writeWhole(file, `${JSON.stringify({ offsetMs: ms })}\n`) })
}

function makeContexts(
  { dataFolder, appUrl, ledgerFile }: SandboxConfig,
  clock: Clock,
  warn: (words: string) => void,
  urls: (provider: ProviderName) => { baseUrl: string; browserUrl: string },
): Record<ProviderName, SandboxContext> {
  const make = (provider: ProviderName) =>
    createContext({
      provider,
      clock,
      folder: dataFolder,
      appUrl,
      warn,
      ...urls(provider),
      ...(ledgerFile === null
        ? {}
        : {
            issued: (kind, value) =>
              appendFileSync(ledgerFile, `${JSON.stringify({ provider, kind, value })}\n`, { mode: 0o600 }),
          }),
    })
  return { outreach: make('outreach'), envoy: make('envoy'), outstand: make('outstand') }
}

async function serveAll(apps: readonly Hono<SandboxEnv>[], { port, host }: SandboxConfig): Promise<Served[]> {
  const served: Served[] = []
  try {
    for (const [offset, app] of apps.entries()) served.push(await serve(app, port + offset, host))
    return served
  } catch (error) {
    await Promise.all(served.map((one) => one.close()))
    if (!(error instanceof Error) || !('code' in error)) throw error
    const number = port + served.length
    const why = error.code === 'EADDRINUSE' ? 'is taken' : `cannot be listened on (${String(error.code)})`
    throw new PortTaken(
      `Port ${number} on ${host} ${why}. The sandbox needs ${port} to ${port + 3}: set SANDBOX_PORT to another number.`,
    )
  }
}
