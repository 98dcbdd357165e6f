import { z } from 'zod'

/** How the sandbox is run; URLs are without a slash at the end. */
export type SandboxConfig = {
  /** Of Outreach; Envoy, Outstand and control have the next three. */
  readonly port: number
  readonly host: string
  readonly dataFolder: string
  readonly appUrl: string
  /** A file that gets every secret handed out, one JSON line each: for leak tests. */
  readonly ledgerFile: string | null
}

const blankIsAbsent = (value: unknown) => (value === '' ? undefined : value)
const envSchema = z.object({
  SANDBOX_PORT: z.preprocess(
    blankIsAbsent,
    z.coerce
      .number('SANDBOX_PORT is the port of the sandbox Outreach, e.g. 3001')
      .int('SANDBOX_PORT is a whole number, e.g. 3001')
      .min(1, 'SANDBOX_PORT is at least 1')
      .max(65_532, 'SANDBOX_PORT is at most 65532: the sandbox needs it and the next three')
      .default(3001),
  ),
  SANDBOX_HOST: z.preprocess(blankIsAbsent, z.string().default('127.0.0.1')),
  SANDBOX_DATA: z.preprocess(blankIsAbsent, z.string().default('.data/sandbox')),
  SANDBOX_APP_URL: z.preprocess(
    blankIsAbsent,
    z
      .url({
        protocol: /^https?$/,
        error: "SANDBOX_APP_URL is Patchbay's public URL, e.g. http://localhost:3000",
      })
      .default('http://localhost:3000'),
  ),
  SANDBOX_LEDGER: z.preprocess(blankIsAbsent, z.string().optional()),
})

export type ReadConfig =
  | { readonly kind: 'fine'; readonly config: SandboxConfig }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] }

/** Reads the SANDBOX_… variables; every fault is named at once. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ReadConfig {
  const read = envSchema.safeParse(env)
  if (!read.success) return { kind: 'faulty', faults: read.error.issues.map(({ message }) => message) }
  const { SANDBOX_PORT, SANDBOX_HOST, SANDBOX_DATA, SANDBOX_APP_URL, SANDBOX_LEDGER } = read.data
  return {
    kind: 'fine',
    config: {
      port: SANDBOX_PORT,
      host: SANDBOX_HOST,
      dataFolder: SANDBOX_DATA,
      appUrl: SANDBOX_APP_URL.replace(/\/+$/, ''),
      ledgerFile: SANDBOX_LEDGER ?? null,
    },
  }
}
