import type { Logger } from '../telemetry/logger'

export type CallLog = Pick<Logger, 'info' | 'warn'>

/** What every line of an outbound call tells; the path is a template or made safe. */
export type CallFacts = {
  purpose: string
  method: string
  host: string
  path: string
  ms: number
}

/** An exchange that came to its end. */
export function logAnswered(log: CallLog, facts: CallFacts & { status: number }): void {
  log.info(facts, 'outbound call')
}

/** One without an answer, or whose answer broke off after its head. */
export function logFailed(
  log: CallLog,
  facts: CallFacts & { reason: string; maybeSent: boolean; status?: number },
): void {
  log.warn(facts, facts.status === undefined ? 'outbound call without an answer' : 'outbound call broken off')
}
