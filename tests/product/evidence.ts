import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Exchange } from './recording-proxy'
import type { SandboxApp } from './sandbox-control'

const folder = fileURLToPath(new URL('../../.test/evidence', import.meta.url))

/** What one product leaves behind for the sweep that looks for secrets in it. */
export type Evidence = {
  trafficFile: string
  logFile: string
  dumpFile: string
  /** Every secret that was handed out or entered, one JSON line each. */
  ledgerFile: string
  addSecrets(secrets: Readonly<Record<string, string>>): void
  addApps(apps: readonly SandboxApp[]): void
}

/** A secret and what it is called; only the name is ever printed. */
export type KnownSecret = { kind: string; value: string }

export function keepEvidence(name: string): Evidence {
  mkdirSync(folder, { recursive: true })
  const ledgerFile = `${folder}/${name}.ledger`
  const add = (kind: string, value: string) =>
    appendFileSync(ledgerFile, `${JSON.stringify({ kind, value })}\n`, { mode: 0o600 })
  return {
    trafficFile: `${folder}/${name}.traffic`,
    logFile: `${folder}/${name}.log`,
    dumpFile: `${folder}/${name}.dump`,
    ledgerFile,
    addSecrets: (secrets) => {
      for (const [kind, value] of Object.entries(secrets)) if (value !== '') add(kind, value)
    },
    addApps: (apps) => {
      for (const app of apps) for (const { kind, value } of secretsOf(app)) add(`${app.key} ${kind}`, value)
    },
  }
}

/** The secrets of an app, a private key line by line: its line breaks are written in many ways. */
function secretsOf(app: SandboxApp): KnownSecret[] {
  const { clientSecret, webhookSecret, rateLimitBypass, s2sPrivateKeyPem } = app
  const plain = { clientSecret, webhookSecret, rateLimitBypass }
  const keyLines = (s2sPrivateKeyPem ?? '')
    .split('\n')
    .filter((line) => line.length >= 40 && !line.startsWith('-'))
  return [
    ...Object.entries(plain).flatMap(([kind, value]) => (value === null ? [] : [{ kind, value }])),
    ...keyLines.map((value) => ({ kind: 'private key', value })),
  ]
}

export type ReadEvidence = {
  name: string
  secrets: KnownSecret[]
  exchanges: Exchange[]
  log: string
  dump: string
}

/** What all products of this run left. */
export function readEvidence(): ReadEvidence[] {
  const names = readdirSync(folder).filter((file) => file.endsWith('.traffic'))
  return names.map((file) => {
    const name = file.replace(/\.traffic$/, '')
    const text = (kind: string) => {
      const path = `${folder}/${name}.${kind}`
      return existsSync(path) ? readFileSync(path, 'utf8') : ''
    }
    return {
      name,
      secrets: jsonLines<KnownSecret>(text('ledger')),
      exchanges: jsonLines<Exchange>(text('traffic')),
      log: text('log'),
      dump: text('dump'),
    }
  })
}

function jsonLines<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}
