import type { Dispatcher } from 'undici'
import { createRoster } from '../core/roster'
import { refuseTarget } from './allowed-target'
import { type CallFacts, type CallLog, logAnswered, logFailed } from './call-log'
import { failureWords } from './network-words'
import { pathOf } from './path-of'
import { safePath } from './redact'
import type { StreamAnswer, StreamClient, StreamEnd, StreamFailure, StreamRequest } from './stream-client'
import { StreamedExchange } from './streamed-exchange'

export type StreamsOptions = { agent: Dispatcher; log: CallLog; monotonicMs(): number }

/** `stream` of the way out: what runs is remembered, so that `endAll` can end it. */
export type Streams = StreamClient & { endAll(): void }

export function createStreams({ agent, log, monotonicMs }: StreamsOptions): Streams {
  const running = createRoster<StreamedExchange>()

  return {
    stream(request) {
      const refusal = refuseTarget(request.host, request.allowedOrigins)
      if (refusal !== null) return Promise.resolve(refused(log, request, refusal))
      const startMs = monotonicMs()
      return new Promise((resolve) => {
        let exchange: StreamedExchange | null = null
        const onAnswer = (answer: Omit<StreamAnswer, 'kind'>) => resolve({ kind: 'answer', ...answer })
        const onEnd = (failure: Error | null) => {
          if (exchange) running.remove(exchange)
          const told = failure && tell(failure, request, exchange?.wasSent ?? false)
          const end: StreamEnd = {
            status: exchange?.status ?? null,
            failure: told?.reason ?? null,
            bytesUp: bytesUpOf(request, exchange),
            bytesDown: exchange?.bytesDown ?? 0,
            durationMs: Math.round(monotonicMs() - startMs),
          }
          write(log, request, end, told)
          // A promise that has its answer already stays as it is.
          if (told) resolve(told)
          request.onEnd?.(end)
        }
        exchange = new StreamedExchange(agent, request, { onAnswer, onEnd })
        if (!exchange.isOver) running.add(exchange)
      })
    },
    endAll() {
      for (const exchange of running) exchange.abort(new Error('the process ends'))
    },
  }
}

function tell(failure: Error, { host, headersTimeoutMs }: StreamRequest, maybeSent: boolean): StreamFailure {
  if ('code' in failure && failure.code === 'PATCHBAY_CALLER_GONE')
    return { kind: 'no_answer', reason: 'caller_gone', maybeSent, words: 'Whoever asked has gone.' }
  return { kind: 'no_answer', maybeSent, ...failureWords(failure, host.host, headersTimeoutMs) }
}

function refused(log: CallLog, request: StreamRequest, words: string): StreamFailure {
  const end = { status: null, failure: 'host_not_allowed', bytesUp: 0, bytesDown: 0, durationMs: 0 } as const
  const told = { kind: 'no_answer', reason: end.failure, maybeSent: false, words } as const
  write(log, request, end, told)
  request.onEnd?.(end)
  return told
}

function bytesUpOf({ body }: StreamRequest, exchange: StreamedExchange | null): number {
  if (body instanceof Uint8Array) return exchange?.wasSent ? body.byteLength : 0
  return exchange?.bytesUp ?? 0
}

function write(log: CallLog, request: StreamRequest, end: StreamEnd, told: StreamFailure | null): void {
  const { status } = end
  if (told) {
    const { reason, maybeSent } = told
    logFailed(
      log,
      lineOf(request, end, status === null ? { reason, maybeSent } : { reason, maybeSent, status }),
    )
  } else if (status !== null) logAnswered(log, lineOf(request, end, { status }))
}

/** Spreads stand last: what follows one costs V8 a microsecond a field. */
function lineOf<More extends object>(request: StreamRequest, end: StreamEnd, more: More): CallFacts & More {
  return {
    purpose: request.purpose,
    method: request.method,
    host: request.host.host,
    path: request.pathTemplate ?? safePath(pathOf(request.path)),
    ms: end.durationMs,
    bytesUp: end.bytesUp,
    bytesDown: end.bytesDown,
    ...more,
    ...request.facts,
  }
}
