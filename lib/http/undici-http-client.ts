import { Agent } from 'undici'
import { refuseTarget } from './allowed-target'
import { type CallLog, logAnswered, logFailed } from './call-log'
import { decodeBody } from './decode-body'
import { encodeBody } from './encode-body'
import { type Exchange, exchange } from './exchange'
import type { HttpClient, NoAnswer, OutboundAnswer, OutboundRequest } from './http-client'
import { failureWords } from './network-words'
import { safePath } from './redact'
import { createStreams } from './stream-call'
import type { StreamClient } from './stream-client'

const bytesMaxDefault = 1024 * 1024
const connectTimeoutMs = 10_000

export type HttpClientOptions = {
  log: CallLog
  /** Milliseconds that only go forward, for durations. */
  monotonicMs?: () => number
}

/**
 * The client that every outbound call goes through. `close` lets calls that run come to their answer or deadline; streams, whose
 * readers have gone by then, it ends.
 */
export type ClosableHttpClient = HttpClient & StreamClient & { close(): Promise<void> }

/** Makes the one way out of a process: kept-alive connections per origin, no proxy, no cookie, no redirect, no retry. */
export function createHttpClient({
  log,
  monotonicMs = () => performance.now(),
}: HttpClientOptions): ClosableHttpClient {
  const agent = new Agent({
    // The deadline of each call covers headers and body.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: connectTimeoutMs },
  })
  const running = new Set<Promise<unknown>>()
  const streams = createStreams({ agent, log, monotonicMs })
  const call = async (request: OutboundRequest) => {
    const startMs = monotonicMs()
    const result = await attempt(agent, request)
    const durationMs = Math.round(monotonicMs() - startMs)
    const told = 'status' in result ? { ...result, durationMs } : result
    write(log, request, told, durationMs)
    return told
  }
  return {
    send(request) {
      const answer = call(request)
      running.add(answer)
      return answer.finally(() => running.delete(answer))
    },
    stream: streams.stream,
    async close() {
      streams.endAll()
      while (running.size > 0) await Promise.allSettled(running)
      await agent.destroy()
    },
  }
}

type Answered = Omit<OutboundAnswer, 'durationMs'>

async function attempt(agent: Agent, request: OutboundRequest): Promise<Answered | NoAnswer> {
  const refusal = refuseTarget(request.url, request.allowedOrigins)
  if (refusal !== null)
    return { kind: 'no_answer', reason: 'host_not_allowed', maybeSent: false, words: refusal }
  const host = request.url.host
  const bytesMax = request.bytesMax ?? bytesMaxDefault
  let begun: Exchange | null = null
  try {
    const body = await encodeBody(request.body)
    const headers = { ...defaultHeaders, ...body?.headers, ...lowerCased(request.headers ?? {}) }
    begun = exchange(agent, {
      url: request.url,
      method: request.method,
      headers,
      body: body?.bytes ?? null,
      timeoutMs: request.timeoutMs,
      bytesMax,
    })
    const answer = await begun.answer
    const text = await decodeBody(answer.body, answer.headers.get('content-encoding'), bytesMax)
    return { kind: 'answer', status: answer.status, headers: answer.headers, text }
  } catch (error) {
    return {
      kind: 'no_answer',
      maybeSent: begun?.wasSent() ?? false,
      ...failureWords(error, host, request.timeoutMs),
    }
  }
}

const defaultHeaders = {
  accept: 'application/json',
  // A body that is compressed all the same is opened under the same cap.
  'accept-encoding': 'identity',
  'user-agent': 'patchbay',
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function write(
  log: HttpClientOptions['log'],
  request: OutboundRequest,
  result: OutboundAnswer | NoAnswer,
  ms: number,
): void {
  const facts = {
    purpose: request.purpose,
    method: request.method,
    host: request.url.host,
    path: request.pathTemplate ?? safePath(request.url.pathname),
    ms,
  }
  if (result.kind === 'answer') logAnswered(log, { ...facts, status: result.status })
  else logFailed(log, { ...facts, reason: result.reason, maybeSent: result.maybeSent })
}
