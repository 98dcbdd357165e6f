import { type Actor, hasRole, type UserActor } from '../core/actor'
import type { ProviderId } from '../core/provider'
import { Secret } from '../core/secret'
import type { Deps } from '../deps'
import { type CallbackParameters, readCallbackParameters } from '../oauth/callback-parameters'
import { hashState } from '../oauth/state'
import { openApp } from '../provider-apps/open-app'
import { callContext, requestDeadlineMs } from '../rotation/call-context'
import type { Adopted } from './adopt-tokens'
import { claimFlow, refuseFlow } from './end-flow'
import { flowCookieName, openFlowSecret, sameBrowser, sealFlowSecret } from './flow-secrets'
import { deniedWords, type RefusalCode, refusalWords } from './flow-words'
import { type FlowEnd, settleExchange } from './settle-exchange'

export type FinishOutcome = (
  | Adopted
  | FlowEnd
  /** The session lapsed: sign in, then `resumeFlow`. */
  | { kind: 'sign_in'; flowId: string }
  /** Turned away before the code was spent. */
  | { kind: 'refused'; code: RefusalCode; words: string }
) & {
  /** Name of the flow's cookie, to be dropped; `null` while the flow still needs it. */
  clearCookie: string | null
}

export type FinishInput = {
  provider: ProviderId
  query: URLSearchParams
  /** The request's cookies. */
  cookies: ReadonlyMap<string, string>
  /** Deadline of the code exchange; 10 s when left out. */
  deadlineMs?: number
}

export type FlowRow = NonNullable<Awaited<ReturnType<typeof readFlow>>>

/**
 * A provider's answer to a consent page. Who may finish the flow is checked before the code is spent: known state, same
 * browser, unused, in time, same person, still an admin. The exchange repeats what the row says and is never tried twice.
 *
 * @param actor `null` when nobody is signed in: the code is kept, sealed, for the rest of the ten minutes
 */
export async function finishConnect(
  deps: Deps,
  actor: Actor | null,
  input: FinishInput,
): Promise<FinishOutcome> {
  const answer = readCallbackParameters(input.query)
  if (answer.kind === 'invalid') return refused('invalid_input', null)
  const flow = answer.state === null ? null : await readFlow(deps, hashState(Secret.of(answer.state)))
  if (!flow || flow.provider !== input.provider) return refused('state_unknown', null)

  const cookieName = flowCookieName(deps.config, flow.id)
  // A reload of the callback: its cookie is gone, and that it was used explains more than that.
  if (flow.finishedAt) return refused(usedOrExpired(flow), cookieName)
  if (!sameBrowser(input.cookies.get(cookieName), flow.cookieHash)) return refused('state_foreign', null)
  const refusal = await whyRefused(deps, actor, flow)
  if (refusal) return refused(refusal, cookieName)
  if (answer.kind === 'error') {
    const denied = await deny(deps, flow, answer)
    return denied ? { ...denied, clearCookie: cookieName } : refused('state_used', cookieName)
  }

  if (!actor) return waitForSignIn(deps, flow, answer.code, cookieName)
  const user = requireUser(actor)
  const deadlineMs = input.deadlineMs ?? requestDeadlineMs
  return exchange(deps, user, flow, { code: answer.code, cookieName, deadlineMs })
}

/** The checks that a flow must pass whenever it goes on: same person, still an admin, unused, in time. */
export async function whyRefused(
  deps: Deps,
  actor: Actor | null,
  flow: FlowRow,
): Promise<RefusalCode | null> {
  if (actor && (actor.kind !== 'user' || actor.id !== flow.userId)) return 'state_other_person'
  if (actor && !hasRole(actor, 'admin')) return 'forbidden'
  if (flow.finishedAt) return usedOrExpired(flow)
  if (flow.expiresAt > deps.clock.now()) return null
  await refuseFlow(deps, flow.id, 'failed', { code: 'state_expired', words: refusalWords('state_expired') })
  return 'state_expired'
}

function usedOrExpired(flow: FlowRow): RefusalCode {
  return flow.failureCode === 'state_expired' ? 'state_expired' : 'state_used'
}

/** Spends a code. Whoever claims the flow first may, nobody after. */
export async function exchange(
  deps: Deps,
  user: UserActor,
  flow: FlowRow,
  { code, cookieName, deadlineMs }: { code: Secret; cookieName: string; deadlineMs: number },
): Promise<FinishOutcome> {
  const { verifierSealed, redirectUri } = flow
  if (!verifierSealed || !redirectUri) return refused('state_unknown', cookieName)
  const app = await openApp(deps, flow.appId)
  const codeVerifier = openFlowSecret(deps, flow.id, 'verifier_sealed', verifierSealed)
  if (!(await claimFlow(deps, flow.id))) return refused('state_used', cookieName)
  const startedAt = deps.clock.now()
  const outcome = await deps.providers.get(flow.provider).exchangeCode(callContext(deps, deadlineMs), app, {
    code,
    redirectUri,
    codeVerifier,
  })
  const end = await settleExchange(deps, user, app, flow, { outcome, startedAt })
  return { ...end, clearCookie: cookieName }
}

export function refused(code: RefusalCode, clearCookie: string | null): FinishOutcome {
  return { kind: 'refused', code, words: refusalWords(code), clearCookie }
}

export function requireUser(actor: Actor): UserActor {
  if (actor.kind === 'user') return actor
  throw new Error('a flow is finished by a user')
}

export const flowSelect = {
  id: true,
  provider: true,
  appId: true,
  grantKind: true,
  userId: true,
  connectionId: true,
  cookieHash: true,
  verifierSealed: true,
  codeSealed: true,
  redirectUri: true,
  scopes: true,
  outcome: true,
  failureCode: true,
  expiresAt: true,
  finishedAt: true,
} as const

async function readFlow(deps: Pick<Deps, 'db'>, stateHash: string) {
  return deps.db.connectFlow.findUnique({ where: { stateHash }, select: flowSelect })
}

async function deny(
  deps: Deps,
  flow: FlowRow,
  answer: Extract<CallbackParameters, { kind: 'error' }>,
): Promise<FlowEnd | null> {
  const failure = deniedWords(flow.provider, answer.error, answer.words)
  return refuseFlow(deps, flow.id, failure.code === 'consent_denied' ? 'denied' : 'failed', failure)
}

async function waitForSignIn(
  deps: Deps,
  flow: FlowRow,
  code: Secret,
  cookieName: string,
): Promise<FinishOutcome> {
  const kept = await deps.db.connectFlow.updateMany({
    where: { id: flow.id, finishedAt: null },
    data: {
      outcome: 'waiting_for_sign_in',
      codeSealed: sealFlowSecret(deps, flow.id, 'code_sealed', code),
    },
  })
  if (kept.count === 0) return refused('state_used', cookieName)
  await deps.events.publish({ topic: 'flow', id: flow.id })
  return { kind: 'sign_in', flowId: flow.id, clearCookie: null }
}
