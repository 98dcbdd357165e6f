import type { Context, MiddlewareHandler } from 'hono'
import type { Fields } from './body'
import type { Clock } from './clock'
import type { CallContext, SandboxEnv } from './contract'
import { fingerprint } from './tokens'

/** One request a provider received. Names and fingerprints only: no value that a client keeps secret. */
export type Call = {
  readonly at: string
  readonly method: string
  /** Long opaque segments (setup tokens, white-label tokens) are shown as `~fingerprint`. */
  readonly path: string
  readonly queryNames: readonly string[]
  /** Null when the answer was lost on purpose. */
  readonly status: number | null
  readonly durationMs: number
  readonly contentType: string | null
  readonly grantType: string | null
  readonly fieldNames: readonly string[]
  /** Fingerprints of the secret fields, and of the Authorization value under `authorization`. */
  readonly fingerprints: Readonly<Record<string, string>>
  readonly headerNames: readonly string[]
  readonly fault: string | null
}

export type CallLog = {
  readonly middleware: MiddlewareHandler<SandboxEnv>
  /** Newest first. */
  recent(): Call[]
  clear(): void
}

type Notes = { grantType: string | null; fields: Fields; fault: string | null; lost: boolean }

const KEPT = 500
const SECRET_FIELDS = new Set([
  'access_token',
  'assertion',
  'client_secret',
  'code',
  'code_verifier',
  'installSetupToken',
  'password',
  'refresh_token',
  'token',
])
/** Keyed by the request, so that readers of bodies and faults can add to the entry without knowing the log. */
const notesOf = new WeakMap<Request, Notes>()

function notes(c: CallContext): Notes {
  const found = notesOf.get(c.req.raw)
  if (found !== undefined) return found
  const made: Notes = { grantType: null, fields: new Map(), fault: null, lost: false }
  notesOf.set(c.req.raw, made)
  return made
}

/** Adds what the body said to the entry of this call. */
export function noteCall(c: CallContext, fields: Fields): void {
  const entry = notes(c)
  entry.fields = fields
  entry.grantType = fields.get('grant_type')?.[0] ?? null
}

/** Adds the fault that was played on this call. */
export function noteFault(c: CallContext, fault: string, lost: boolean): void {
  const entry = notes(c)
  entry.fault = fault
  entry.lost = lost
}

/** A ring of the last 500 calls, timed by `clock`. */
export function createCallLog(clock: Clock): CallLog {
  let calls: Call[] = []
  return {
    async middleware(c, next) {
      const at = clock.now().toISOString()
      const startedMs = performance.now()
      await next()
      const call = describeCall(c, notes(c))
      calls = [
        { at, ...call, durationMs: Math.round(performance.now() - startedMs) },
        ...calls.slice(0, KEPT - 1),
      ]
    },
    recent: () => [...calls],
    clear: () => {
      calls = []
    },
  }
}

function describeCall(c: Context<SandboxEnv>, entry: Notes): Omit<Call, 'at' | 'durationMs'> {
  const url = new URL(c.req.url)
  const authorization = c.req.header('authorization')
  const fingerprints: Record<string, string> = {}
  for (const [name, values] of [...entry.fields, ...queryPairs(url)]) {
    const value = values[0]
    if (SECRET_FIELDS.has(name) && value !== undefined) fingerprints[name] = fingerprint(value)
  }
  if (authorization !== undefined) {
    fingerprints.authorization = fingerprint(authorization.replace(/^\S+ +/, ''))
  }
  return {
    method: c.req.method,
    path: maskPath(url.pathname),
    queryNames: [...new Set(url.searchParams.keys())],
    status: entry.lost ? null : c.res.status,
    contentType: c.req.header('content-type')?.split(';')[0] ?? null,
    grantType: entry.grantType,
    fieldNames: [...entry.fields.keys()],
    fingerprints,
    headerNames: [...c.req.raw.headers.keys()].sort(),
    fault: entry.fault,
  }
}

function queryPairs(url: URL): (readonly [string, readonly string[]])[] {
  return [...url.searchParams].map(([name, value]) => [name, [value]] as const)
}

/** Hides path segments that are long and random enough to be a token; UUIDs, which name installs, stay readable. */
export function maskPath(path: string): string {
  return path
    .split('/')
    .map((part) => (isOpaque(part) ? `~${fingerprint(decodeURIComponentSafe(part))}` : part))
    .join('/')
}

function isOpaque(part: string): boolean {
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(part)) return false
  return part.length >= 24 && !/^[a-z_-]+$/.test(part)
}

function decodeURIComponentSafe(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
