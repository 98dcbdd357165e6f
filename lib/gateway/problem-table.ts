import type { ErrorCode } from '../core/errors'

/** Codes that only a transport knows. */
type TransportCode = 'path_unknown' | 'method_not_allowed' | 'database_unreachable' | 'internal_error'
export type ProblemCode = ErrorCode | TransportCode

export type ProblemKind = {
  status: number
  /** The same for every problem of this code (RFC 9457, 3.1.3). */
  title: string
  /** What the program or its operator does about it; `null` for codes that no operation answers. */
  advice: string | null
}

const inner = (status: number, title: string): ProblemKind => ({ status, title, advice: null })

/** The one place that gives a code its status and its words for programs. */
export const problemTable: Readonly<Record<ProblemCode, ProblemKind>> = {
  path_unknown: {
    status: 404,
    title: 'No such path',
    advice: 'Compare the path with the reference: there is no operation here.',
  },
  method_not_allowed: {
    status: 405,
    title: 'Method not allowed',
    advice: 'Use a method of the `Allow` header.',
  },
  media_type_unsupported: {
    status: 415,
    title: 'Media type not supported',
    advice: 'Send the body as `application/json`, not compressed.',
  },
  invalid_input: {
    status: 400,
    title: 'Not a valid request',
    advice: 'Correct the parameter or header that `field` names.',
  },
  body_invalid: {
    status: 400,
    title: 'Not a valid body',
    advice: 'Send JSON as the reference describes it.',
  },
  body_too_large: {
    status: 413,
    title: 'Body too large',
    advice: 'Send less: no body of Patchbay’s own operations needs as much.',
  },
  key_invalid: {
    status: 401,
    title: 'No valid API key',
    advice:
      '`reason` tells why: `missing`, `malformed`, `unknown`, `revoked`, `expired`. Send `Authorization: Bearer pbk_…` with a key of the settings page.',
  },
  scope_missing: {
    status: 403,
    title: 'The key lacks a scope',
    advice: 'Use a key that has the scope in `scope`.',
  },
  path_not_allowed: {
    status: 403,
    title: 'This path is not proxied',
    advice: 'Call only paths of the provider’s API; token and sign-in endpoints are Patchbay’s own affair.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    advice: 'There is no such connection, or the key does not reach it.',
  },
  conflict: {
    status: 409,
    title: 'In conflict with another request',
    advice: 'Read the present state and decide anew.',
  },
  connection_pending: {
    status: 409,
    title: 'The connection waits to be accepted',
    advice: 'An admin accepts or refuses it in the dashboard.',
  },
  connection_ended: {
    status: 409,
    title: 'The connection has ended',
    advice: 'It was disconnected or refused: connect the account again.',
  },
  connection_suspended: {
    status: 409,
    title: 'The provider has suspended the account',
    advice: 'Wait: Patchbay tries again every six hours, and “Check again” tries at once.',
  },
  connection_uncertain: {
    status: 409,
    title: 'Whether the grant still lives is not known',
    advice: 'An admin presses Reconnect; the answer to a renewal was lost.',
  },
  needs_reconnect: {
    status: 409,
    title: 'The account has to be connected again',
    advice: 'An admin presses Reconnect; retrying does not help.',
  },
  app_misconfigured: {
    status: 409,
    title: 'The provider refuses the app’s credentials',
    advice: 'An admin corrects the provider app; its connections go on by themselves.',
  },
  provider_app_incomplete: {
    status: 409,
    title: 'The provider app is not complete',
    advice: 'An admin enters what the provider app lacks.',
  },
  rotations_held: {
    status: 409,
    title: 'This database is a copy and renews nothing',
    advice: 'A person presses “Go on” in the dashboard, if this copy is to take over.',
  },
  rate_limited: {
    status: 429,
    title: 'The provider’s rate limit is reached',
    advice:
      'Wait until `retry_at` (`Retry-After`). The call was not made; `Prefer: wait=10` lets Patchbay wait.',
  },
  too_many_requests: {
    status: 429,
    title: 'Too many requests',
    advice: 'Wait as long as `Retry-After` says: the key has a limit of its own.',
  },
  mint_throttled: {
    status: 429,
    title: 'The provider gives the next token later',
    advice: 'Wait until `retry_at`; the token that is there stays good until it ends.',
  },
  provider_refused: {
    status: 502,
    title: 'The provider refused',
    advice: 'Wait until `retry_at`: Patchbay asks once more before it believes the refusal.',
  },
  provider_answer_invalid: {
    status: 502,
    title: 'The provider’s answer could not be read',
    advice: 'Try again; if it lasts, look at the connection’s page.',
  },
  provider_call_failed: {
    status: 502,
    title: 'The call to the provider failed',
    advice: 'Whether it took effect is not known unless the method is safe: look before you repeat it.',
  },
  provider_timeout: {
    status: 504,
    title: 'The provider took too long',
    advice: 'Whether it took effect is not known unless the method is safe: look before you repeat it.',
  },
  provider_unreachable: {
    status: 503,
    title: 'The provider does not answer',
    advice: 'Wait until `retry_at`, where it is told, and try again.',
  },
  rotation_timeout: {
    status: 503,
    title: 'The token is still being renewed',
    advice: 'Try again in some seconds: the renewal goes on.',
  },
  database_unreachable: {
    status: 503,
    title: 'The database does not answer',
    advice: 'Try again in some seconds.',
  },
  internal_error: {
    status: 500,
    title: 'An error in Patchbay',
    advice: 'Give the `instance` to the operator: the log names it.',
  },
  secret_unreadable: {
    status: 500,
    title: 'A stored secret cannot be opened',
    advice: 'The operator compares ENCRYPTION_KEYS with those the secrets were sealed under.',
  },
  forbidden: inner(403, 'Not allowed'),
  unauthenticated: inner(401, 'Not signed in'),
  state_unknown: inner(400, 'Unknown state'),
  state_expired: inner(400, 'Expired state'),
  state_used: inner(400, 'Used state'),
  state_foreign: inner(400, 'State of another browser'),
  state_other_person: inner(403, 'State of another person'),
  consent_denied: inner(403, 'Consent denied'),
  setup_token_invalid: inner(400, 'Not a valid setup token'),
  setup_token_foreign: inner(400, 'Setup token of another app'),
  signature_invalid: inner(401, 'Not a valid signature'),
}
