import { z } from 'zod'
import { type Actor, requireRole } from '../core/actor'
import type { Secret } from '../core/secret'
import type { Deps } from '../deps'
import { openApp } from '../provider-apps/open-app'
import type { OpenApp } from '../providers/contract'
import { applyIdentity, identifyStored } from './apply-identity'
import { requestDeadlineMs } from './call-context'
import { changeConnection } from './change-connection'
import { firstUse } from './first-use'
import { openToken } from './pair-columns'
import { parseInput } from './parse-input'
import { isDue } from './plan'
import { auditRotation, connectionName } from './refresh-now'
import { type RotationResult, rotateConnection } from './rotate-connection'
import { readRotationState } from './rotation-state'

const inputSchema = z.object({ connectionId: z.string().max(64) })

export type CheckResult =
  /** The provider took the stored access token. The id is another one where the account was connected already. */
  | { kind: 'alive'; connectionId: string }
  | { kind: 'unclear'; words: string }
  /** A token call was needed to know. */
  | RotationResult

/**
 * "Check again": asks the provider whether a connection lives. A healthy one's access token is tried; where that is refused or
 * has ended, and for a connection that is suspended, uncertain or thought dead, a token call tells.
 *
 * @throws PatchbayError `forbidden`, `not_found`, `conflict`
 */
export async function checkAgain(
  deps: Deps,
  actor: Actor,
  input: z.input<typeof inputSchema>,
): Promise<CheckResult> {
  requireRole(actor, 'admin')
  const { connectionId } = parseInput(inputSchema, input)
  const name = await connectionName(deps, connectionId)
  const probed = await probeStored(deps, connectionId)
  if (probed) return probed
  const result = await rotateConnection(deps, connectionId, {
    cause: 'check_again',
    deadlineMs: requestDeadlineMs,
  })
  await auditRotation(deps, actor, { connectionId, name, action: 'connection.checked', result })
  return result
}

async function probeStored(deps: Deps, connectionId: string): Promise<CheckResult | null> {
  const state = await readRotationState(deps, connectionId)
  const { pair } = state
  const inDoubt = state.suspendedAt ?? state.needsReconnectAt ?? state.uncertainAt
  if (state.lifecycle !== 'live' || inDoubt || !pair || isDue(pair, 1, deps.clock.now().getTime()))
    return null
  const app = await openApp(deps, state.appId)
  const accessToken = openToken(deps, connectionId, 'access_token_sealed', pair.accessTokenSealed)
  if (state.externalAccountId === null) {
    const named = await learnName(deps, app, connectionId, accessToken)
    if (named) return named
  }
  const probe = await firstUse(deps, app, state, { accessToken, generation: pair.generation })
  await deps.events.publish({ topic: 'connection', id: connectionId })
  switch (probe.kind) {
    case 'alive':
      return { kind: 'alive', connectionId }
    case 'unknown':
      return { kind: 'unclear', words: probe.words }
    case 'dead':
      return null
  }
}

/** A connection whose owner the provider did not tell is asked about again; the account's own connection takes its pair. */
async function learnName(
  deps: Deps,
  app: OpenApp,
  connectionId: string,
  accessToken: Secret,
): Promise<CheckResult | null> {
  const identified = await identifyStored(deps, app, connectionId, { accessToken, account: {} })
  if (identified.kind !== 'identified') return null
  const applied = await deps.db.$transaction(async (tx) => {
    const result = await applyIdentity(tx, deps, connectionId, identified.identity)
    await changeConnection(tx, result.connectionId, {
      failureAt: null,
      failureCode: null,
      failureWords: null,
    })
    return result
  })
  await deps.events.publish({ topic: 'connection', id: connectionId })
  return { kind: 'alive', connectionId: applied.connectionId }
}
