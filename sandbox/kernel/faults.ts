import type { Context, MiddlewareHandler } from 'hono'
import { noteFault } from './calls'
import type { SandboxEnv } from './contract'

/** What can go wrong on purpose. */
export type FaultKind =
  /** The request waits before it is handled. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Not handled; answered with this status. `retryAfter` is the header's value as it should stand. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter: string | null }
  /** Handled in full, then the connection is cut before a byte of the answer. */
  | { readonly kind: 'lose_answer' }
  /** Cut before it is handled. */
  | { readonly kind: 'drop' }
  /** Not handled; 200 with a page, with nothing, or with a body of `bytes`. */
  | { readonly kind: 'html' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'huge'; readonly bytes: number }

export type Fault = FaultKind & {
  /** Path prefixes it is for; none means every path. */
  readonly paths: readonly string[]
  /** How many requests more; null until cleared. */
  readonly times: number | null
}

export type Faults = {
  readonly middleware: MiddlewareHandler<SandboxEnv>
  add(fault: Fault): void
  list(): Fault[]
  clear(): void
}

/** Status of an answer that no client will read; only `app.request`, which has no socket, shows it. */
export const LOST_STATUS = 599
const HUGE_CHUNK = new TextEncoder().encode('x'.repeat(65_536))

/** A list of faults: each request meets every matching `slow`, and the first other match. They do not survive a restart. */
export function createFaults(): Faults {
  let faults: Fault[] = []
  const take = (path: string): Fault[] => {
    const matching = faults.filter(
      ({ paths }) => paths.length === 0 || paths.some((one) => path.startsWith(one)),
    )
    const sudden = matching.find(({ kind }) => kind !== 'slow')
    const taken = matching.filter((fault) => fault.kind === 'slow' || fault === sudden)
    faults = faults.flatMap((fault) => (taken.includes(fault) ? spend(fault) : [fault]))
    return taken
  }
  return {
    async middleware(c, next) {
      const taken = take(c.req.path)
      for (const fault of taken) {
        if (fault.kind !== 'slow') continue
        noteFault(c, 'slow', false)
        await wait(fault.ms)
      }
      const sudden = taken.find(({ kind }) => kind !== 'slow')
      if (sudden === undefined) return next()
      if (sudden.kind === 'lose_answer') await next()
      noteFault(c, sudden.kind, sudden.kind === 'lose_answer' || sudden.kind === 'drop')
      c.res = undefined
      c.res = play(sudden, c)
      return undefined
    },
    add: (fault) => {
      faults = [...faults, fault]
    },
    list: () => [...faults],
    clear: () => {
      faults = []
    },
  }
}

function spend(fault: Fault): Fault[] {
  if (fault.times === null) return [fault]
  return fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : []
}

/** Unreferenced: a slow answer does not keep a process alive that has been told to stop. */
function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
}

function play(fault: Fault, c: Context<SandboxEnv>): Response {
  switch (fault.kind) {
    case 'status': {
      const headers = new Headers({ 'content-type': 'text/plain' })
      if (fault.retryAfter !== null) headers.set('retry-after', fault.retryAfter)
      return new Response(fault.status === 429 ? 'Retry later\n' : 'Sandbox: answered so on purpose\n', {
        status: fault.status,
        headers,
      })
    }
    case 'html':
      return new Response('<!doctype html><title>Down</title><h1>We will be back soon</h1>', {
        headers: { 'content-type': 'text/html; charset=utf-8' },
      })
    case 'empty':
      return new Response(null, { headers: { 'content-length': '0' } })
    case 'huge':
      return new Response(hugeBody(fault.bytes), { headers: { 'content-type': 'application/json' } })
    default:
      return cut(c)
  }
}

/** Cuts the connection under the request. */
function cut(c: Context<SandboxEnv>): Response {
  const socket = c.env?.incoming?.socket
  socket?.destroy()
  return new Response(null, {
    status: LOST_STATUS,
    headers: socket === undefined ? {} : { 'x-hono-already-sent': 'true' },
  })
}

function hugeBody(bytes: number): ReadableStream<Uint8Array> {
  let left = bytes
  return new ReadableStream({
    pull(controller) {
      const size = Math.min(left, HUGE_CHUNK.byteLength)
      left -= size
      if (size > 0) controller.enqueue(HUGE_CHUNK.subarray(0, size))
      if (left === 0) controller.close()
    },
  })
}
