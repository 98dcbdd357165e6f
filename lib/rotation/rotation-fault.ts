import { PatchbayError } from '../core/errors'
import type { RotationResult } from './rotate-connection'

export function needsReconnect(): PatchbayError {
  return new PatchbayError(
    'needs_reconnect',
    'The provider has ended the grant: the account has to be connected again.',
  )
}

export function connectionEnded(): PatchbayError {
  return new PatchbayError('connection_ended', 'The connection has ended.')
}

/** What a caller is told who needed the new pair; a connection that was renewed and has none has ended. */
export function rotationFault(result: RotationResult): PatchbayError {
  switch (result.kind) {
    case 'renewed':
      return connectionEnded()
    case 'throttled':
      return new PatchbayError('mint_throttled', 'The next token may be obtained in a moment.', {
        retryAt: result.retryAt.toISOString(),
      })
    case 'busy':
      return new PatchbayError('rotation_timeout', 'The token is being renewed and is not ready yet.')
    case 'put_off':
      return new PatchbayError(result.code, result.words, { retryAt: result.retryAt.toISOString() })
    case 'not_possible':
      return new PatchbayError(result.code, result.words)
    case 'failed':
      return failedFault(result)
  }
}

function failedFault(result: Extract<RotationResult, { kind: 'failed' }>): PatchbayError {
  switch (result.outcome) {
    case 'transient':
      return new PatchbayError('provider_unreachable', result.words, {
        retryAt: result.retryAt?.toISOString() ?? null,
      })
    case 'unconfirmed':
      return new PatchbayError('provider_refused', result.words, {
        retryAt: result.retryAt?.toISOString() ?? null,
      })
    case 'app_fault':
      return new PatchbayError('app_misconfigured', result.words)
    case 'suspended':
      return new PatchbayError('connection_suspended', result.words)
    case 'uncertain':
      return new PatchbayError('connection_uncertain', result.words)
    case 'terminal':
      return needsReconnect()
  }
}
