import type { Deps } from '../deps'
import type { ApiAnswerFacts, OpenApp, TokenOutcome } from '../providers/contract'
import { recordAnswers } from '../rate-limits/record-answers'
import { callContext } from './call-context'
import { canMint } from './decide-rotation'
import { closeJournal, openJournal, type RotationCause } from './journal'
import { extendLease, type Lease, leaseMs } from './lease'
import type { PairKind } from './pair-columns'
import { type RotationState, rotationFacts } from './rotation-state'
import { type SpendableToken, spendableTokens } from './spendable-tokens'
import { firstPairKind } from './store-pair'

export type ProviderCall = {
  journalId: string
  kind: PairKind
  outcome: TokenOutcome
  /** As it stands after the call. */
  lease: Lease
}

export type CallInput = {
  lease: Lease
  app: OpenApp
  state: RotationState
  method: 'refresh' | 'mint'
  cause: RotationCause
  deadlineMs: number
}

/** How the pair may be obtained; each way is one token call with a journal row of its own. */
type Way = { kind: PairKind; refreshFingerprint: string | null; call(): Promise<TokenOutcome> }

/** What is left of a lease after the longest call must do for the commit. */
const commitMs = 10_000

/**
 * Makes the token call of a rotation: journal row first, then the call, one way after the other as long as the provider
 * refuses for good. A process that was stopped between the two (a paused machine) sends nothing under a lease that ran out.
 *
 * @returns `null` when somebody else has the lease, or has stored another pair under it
 */
export async function callProvider(deps: Deps, input: CallInput): Promise<ProviderCall | null> {
  const { state } = input
  const answers: ApiAnswerFacts[] = []
  const context = callContext(deps, input.deadlineMs, answers)
  let { lease } = input
  try {
    const ways = waysOf(deps, input, context)
    for (const [index, way] of ways.entries()) {
      const journalId = await openJournal(deps, lease, {
        connectionId: state.id,
        cause: input.cause,
        generation: state.generation,
        kind: way.kind,
        refreshFingerprint: way.refreshFingerprint,
      })
      if (!journalId) return null
      const held = index > 0 ? await extendLease(deps, lease) : await whole(deps, lease, input.deadlineMs)
      if (!held) {
        await closeJournal(deps.db, deps, journalId, 'discarded')
        return null
      }
      lease = held
      deps.metrics.providerCalls.inc({ provider: state.provider, call: 'token' })
      const outcome = await way.call()
      const isLast = index === ways.length - 1
      if (outcome.kind !== 'terminal' || isLast) return { journalId, kind: way.kind, outcome, lease }
      await closeJournal(deps.db, deps, journalId, 'terminal', outcome)
    }
    throw new Error('a rotation was decided with nothing to spend')
  } finally {
    recordAnswers(deps, state, answers)
  }
}

function waysOf(
  deps: Deps,
  { app, state, method }: CallInput,
  context: ReturnType<typeof callContext>,
): Way[] {
  const provider = deps.providers.get(state.provider)
  const grant = state.grantKind
  const refresh = ({ refreshToken, fingerprint }: SpendableToken): Way => ({
    kind: 'refresh',
    refreshFingerprint: fingerprint,
    call: () => provider.refresh(context, app, { refreshToken }),
  })
  const mint: Way = {
    kind: firstPairKind(grant),
    refreshFingerprint: null,
    call: () => provider.mint(context, app, { grant, externalInstallId: state.installId }),
  }
  if (method === 'mint') return [mint]
  // A grant that mints needs no person when its refresh token is refused.
  return [...spendableTokens(deps, state).map(refresh), ...(canMint(rotationFacts(state)) ? [mint] : [])]
}

/** @returns the lease with enough of it left for a whole call, `null` when it ran out and somebody else has it */
async function whole(deps: Deps, lease: Lease, deadlineMs: number): Promise<Lease | null> {
  const goneMs = deps.clock.now().getTime() - lease.takenAt.getTime()
  return goneMs <= leaseMs - deadlineMs - commitMs ? lease : extendLease(deps, lease)
}
