import { Secret } from '../core/secret'
import type { AppCheck, TokenOutcome } from './contract'
import { sentence } from './sentence'

/** A code exchange that no server can fulfil; complete, so that nothing but client and code can be refused. */
export const madeUpCode = {
  code: Secret.of('patchbay-checks-the-credentials'),
  redirectUri: 'https://patchbay.invalid/',
  codeVerifier: Secret.of('patchbay-checks-the-credentials-with-no-code'),
}

/** What a token call with a made-up code or token says about an app's credentials: a refused grant means an accepted client. */
export function readCredentialsCheck(outcome: TokenOutcome, what: string): AppCheck {
  switch (outcome.kind) {
    case 'terminal':
    case 'renewed':
      return { kind: 'ok', words: `${what}: accepted.` }
    case 'app_fault':
      return readAppFault(outcome, what)
    case 'suspended':
      return { kind: 'unclear', words: `${what}: ${sentence(outcome.words)}` }
    case 'transient':
      if (outcome.code === 'throttled')
        return { kind: 'unclear', words: `${what}: asked to wait. Check again in a minute.` }
      return unreachableCodes.includes(outcome.code)
        ? { kind: 'unreachable', words: `${what}: ${sentence(outcome.words)}` }
        : {
            kind: 'unclear',
            words: `${what}: the answer tells nothing about them. ${sentence(outcome.words)}`,
          }
  }
}

/** The worst of several checks, all their words. */
export function joinChecks(checks: readonly AppCheck[]): AppCheck {
  const order = ['wrong_credentials', 'unreachable', 'unclear', 'ok'] as const
  const kind = order.find((one) => checks.some((check) => check.kind === one)) ?? 'unclear'
  return { kind, words: checks.map((check) => check.words).join(' ') }
}

const unreachableCodes = ['network', 'timeout', 'redirect', 'http_502', 'http_503', 'http_504']

function readAppFault(fault: Extract<TokenOutcome, { kind: 'app_fault' }>, what: string): AppCheck {
  switch (fault.code) {
    case 'provider_app_incomplete':
      return { kind: 'unclear', words: fault.words }
    case 'host_not_allowed':
      return { kind: 'unreachable', words: `${what}: ${sentence(fault.words)}` }
    case 'invalid_scope':
    case 'unauthorized_client':
    case 'unsupported_grant_type':
    case 'invalid_request':
      return { kind: 'unclear', words: `${what}: ${sentence(fault.words)}` }
    default:
      return { kind: 'wrong_credentials', words: `${what}: refused. ${sentence(fault.words)}` }
  }
}
