import type { ProblemCode } from './problem-table'

/** What keeps a connection from giving a token. */
export const tokenProblems: readonly ProblemCode[] = [
  'not_found',
  'connection_pending',
  'connection_ended',
  'connection_suspended',
  'connection_uncertain',
  'needs_reconnect',
  'app_misconfigured',
  'provider_app_incomplete',
  'rotations_held',
  'mint_throttled',
  'provider_refused',
  'provider_answer_invalid',
  'provider_unreachable',
  'rotation_timeout',
  'secret_unreadable',
]
