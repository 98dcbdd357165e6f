import {
  AUTHORIZATION_RESPONSE_ERROR,
  type AuthorizationResponseError,
  skipStateCheck,
  validateAuthResponse,
} from 'oauth4webapi'
import { Secret } from '../core/secret'
import { providerWords } from '../http/redact'

/** What a callback's query says. `state` is looked up by the caller: it picks the flow, and with it the issuer. */
export type CallbackParameters =
  | { kind: 'code'; code: Secret; state: string }
  | { kind: 'error'; error: string; words: string | null; state: string | null }
  | { kind: 'invalid'; words: string }

const valueMax = 4096

/**
 * Reads an authorization response (RFC 6749, 4.1.2): a parameter given twice is refused, a code without a state too. `iss`
 * (RFC 9207) is not compared: the providers publish no issuer, and each app has its own redirect and token endpoint.
 */
export function readCallbackParameters(query: URLSearchParams): CallbackParameters {
  const parameters = new URLSearchParams(query)
  parameters.delete('iss')
  if ([...parameters.values()].some((value) => value.length > valueMax))
    return { kind: 'invalid', words: 'The answer has a parameter that is too long.' }
  if (['code', 'state', 'error', 'error_description'].some((name) => parameters.getAll(name).length > 1))
    return { kind: 'invalid', words: 'The answer repeats a parameter.' }
  const state = parameters.get('state') || null
  try {
    const checked = validateAuthResponse(
      { issuer: 'https://provider.invalid' },
      { client_id: '-' },
      parameters,
      skipStateCheck,
    )
    const code = checked.get('code')
    if (!code) return { kind: 'invalid', words: 'The answer has neither a code nor an error.' }
    if (!state)
      return {
        kind: 'invalid',
        words: 'The answer has no state: it does not belong to a flow that began here.',
      }
    return { kind: 'code', code: Secret.of(code), state }
  } catch (error) {
    if (!isRefusal(error))
      return { kind: 'invalid', words: 'The answer is of a kind that was not asked for.' }
    const words = providerWords(error.error_description ?? '')
    return { kind: 'error', error: errorCode(error.error), words: words === '' ? null : words, state }
  }
}

function isRefusal(error: unknown): error is AuthorizationResponseError {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === AUTHORIZATION_RESPONSE_ERROR
  )
}

/** Characters of RFC 6749, 4.1.2.1, and short; anything else is not worth repeating. */
function errorCode(text: string): string {
  return /^[\w.-]{1,60}$/.test(text) ? text : 'error'
}
