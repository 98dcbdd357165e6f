import { type DestinationStream, pino } from 'pino'
import { createRedaction, redactText } from './redact'

/** Structured logging in JSON lines; what looks like a secret by name or by value is replaced before it is written. */
export type Logger = {
  debug(facts: object, message: string): void
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

/** Next replaces `Date` by a slower one. */
const NativeDate = Date

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

/**
 * @param level the least level that is written
 * @param stream where lines go; standard output when left out
 */
export function createLogger(level: Level, stream?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: isoTime(),
    formatters: { level: (label: string) => ({ level: label }) },
  }
  const lines = stream === undefined ? pino(options) : pino(options, stream)
  const redact = createRedaction()
  const write =
    (level: keyof Logger) =>
    (facts: object, message: string): void =>
      lines[level](redact(facts), redactText(message))
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}

/** As `pino.stdTimeFunctions.isoTime`, which makes a text for each line: several lines are written in a millisecond. */
function isoTime(): () => string {
  let atMs = 0
  let text = ''
  return () => {
    const nowMs = NativeDate.now()
    if (nowMs !== atMs) text = `,"time":"${new NativeDate(nowMs).toISOString()}"`
    atMs = nowMs
    return text
  }
}
