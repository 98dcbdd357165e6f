import type { Secret } from '../../core/secret'
import type { NoAnswer, OutboundAnswer } from '../../http/http-client'
import { retryAfterMs } from '../../http/retry-after'
import { readProviderError } from '../../oauth/provider-error'
import type { FailureWords } from '../contract'

export type InstallFailure =
  | ({ kind: 'app_fault' } & FailureWords)
  | ({ kind: 'suspended' } & FailureWords)
  | ({ kind: 'unusable' } & FailureWords)
  | ({ kind: 'transient'; retryAfterMs: number | null } & FailureWords)

const throttledMs = 60_000
/** The install or the setup token is not usable (providers.md 1.5); the documents give no error bodies. */
const unusableStatuses = [403, 404, 410, 422]

/**
 * Classifies an install call without a usable answer: 401 is the app's own token refused, an org that is locked or deleted
 * suspends, and what is not understood is transient.
 */
export function classifyInstallFailure(
  answer: OutboundAnswer | NoAnswer,
  known: readonly Secret[],
  now: Date,
): InstallFailure {
  if (answer.kind === 'no_answer') {
    const said = { code: answer.reason, words: answer.words, status: null }
    if (answer.reason === 'host_not_allowed') return { kind: 'app_fault', ...said }
    return { kind: 'transient', ...said, retryAfterMs: null }
  }
  const { status } = answer
  const error = readProviderError(answer.text, known)
  const code = error.code ?? `http_${status}`
  const said = { code, words: error.words || `Outreach answered ${status} without a word.`, status }
  const wait = retryAfterMs(answer.headers, now)
  if (status === 429)
    return { kind: 'transient', ...said, code: 'throttled', retryAfterMs: wait ?? throttledMs }
  if (status >= 200 && status < 300) {
    const words = `Outreach answered ${status} with something that cannot be read.`
    return { kind: 'transient', code: 'answer_invalid', words, status, retryAfterMs: null }
  }
  const refused = status >= 400 && status < 500 && status !== 408 && error.format !== 'html'
  if (refused && isOrgClosed(`${error.code ?? ''} ${error.words}`)) return { kind: 'suspended', ...said }
  if (refused && status === 401) return { kind: 'app_fault', ...said }
  if (refused && unusableStatuses.includes(status)) return { kind: 'unusable', ...said }
  return { kind: 'transient', ...said, retryAfterMs: wait }
}

/** “…will fail if the Outreach organization has been locked or deleted by Outreach” (seed 000). */
function isOrgClosed(words: string): boolean {
  const org = /\borg\b|\borgani[sz]ation|[a-z]Org|\borg(?=[A-Z_])/i.test(words)
  const closed = /locked|deleted|suspended|deactivated|disabled/i.test(words)
  const install = /install(?:ation)?\b[^.]{0,20}\b(?:deleted|removed|uninstalled)/i.test(words)
  return org && closed && !install
}
