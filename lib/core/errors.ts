const brand = Symbol.for('patchbay.error')

/** Stable codes: each transport maps them to its own words and status in one place. */
export const errorCodes = [
  'not_found',
  'forbidden',
  'unauthenticated',
  'invalid_input',
  'conflict',
  'too_many_requests',
  'key_invalid',
  'scope_missing',
  'rate_limited',
  'path_not_allowed',
  'state_unknown',
  'state_expired',
  'state_used',
  'state_foreign',
  'state_other_person',
  'consent_denied',
  'provider_app_incomplete',
  'provider_refused',
  'provider_unreachable',
  'provider_answer_invalid',
  'provider_call_failed',
  'provider_timeout',
  'app_misconfigured',
  'needs_reconnect',
  'connection_uncertain',
  'connection_suspended',
  'connection_ended',
  'connection_pending',
  'mint_throttled',
  'setup_token_invalid',
  'setup_token_foreign',
  'signature_invalid',
  'body_invalid',
  'body_too_large',
  'media_type_unsupported',
  'rotation_timeout',
  'rotations_held',
  'secret_unreadable',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/**
 * An expected fault. `message` is fit for a person and holds no secret; `detail` holds facts for the page or the log.
 * Recognise it with `isPatchbayError`: Next loads lib/ more than once, so `instanceof` does not hold.
 */
export class PatchbayError extends Error {
  readonly [brand] = true
  override readonly name = 'PatchbayError'

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly detail: Readonly<Record<string, string | number | boolean | null>> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options)
  }
}

export function isPatchbayError(value: unknown): value is PatchbayError {
  return typeof value === 'object' && value !== null && brand in value
}
