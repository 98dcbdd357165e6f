import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Actor } from '../core/actor'
import type { Deps } from '../deps'
import { requestDeadlineMs } from '../rotation/call-context'
import type { Adopted } from './adopt-tokens'
import {
  exchange,
  type FinishOutcome,
  type FlowRow,
  flowSelect,
  refused,
  requireUser,
  whyRefused,
} from './finish-connect'
import { flowCookieName, openFlowSecret, sameBrowser } from './flow-secrets'
import { interrupted } from './flow-words'
import type { FlowEnd } from './settle-exchange'

const flowIdSchema = z.string().max(64)
const pollMs = 200
const waitMaxMs = 15_000

export type ResumeInput = {
  flowId: string
  cookies: ReadonlyMap<string, string>
  /** Deadline of the code exchange; 10 s when left out. */
  deadlineMs?: number
}

/**
 * Goes on with a flow whose callback came while nobody was signed in: the same person, in the same browser, within the flow's
 * ten minutes. It spends the code that was sealed meanwhile. Asked again (a reload, a second tab) it tells how the flow ended.
 */
export async function resumeFlow(deps: Deps, actor: Actor, input: ResumeInput): Promise<FinishOutcome> {
  const flowId = flowIdSchema.safeParse(input.flowId)
  const flow = flowId.success ? await readFlow(deps, flowId.data) : null
  if (!flow) return refused('state_unknown', null)
  const cookieName = flowCookieName(deps.config, flow.id)
  if (flow.finishedAt && actor.kind === 'user' && actor.id === flow.userId) {
    return { ...(await howItEnded(deps, flow)), clearCookie: cookieName }
  }
  if (!sameBrowser(input.cookies.get(cookieName), flow.cookieHash)) return refused('state_foreign', null)
  const refusal = await whyRefused(deps, actor, flow)
  if (refusal) return refused(refusal, cookieName)
  if (!flow.codeSealed) return refused('state_unknown', null)
  const code = openFlowSecret(deps, flow.id, 'code_sealed', flow.codeSealed)
  const deadlineMs = input.deadlineMs ?? requestDeadlineMs
  const outcome = await exchange(deps, requireUser(actor), flow, { code, cookieName, deadlineMs })
  if (outcome.kind !== 'refused' || outcome.code !== 'state_used') return outcome
  return { ...(await howItEnded(deps, flow)), clearCookie: cookieName }
}

function readFlow(deps: Deps, id: string) {
  return deps.db.connectFlow.findUnique({
    where: { id },
    select: { ...flowSelect, failureWords: true, resultId: true },
  })
}

/** A flow that another request is finishing right now is waited for, as long as its exchange may take. */
async function howItEnded(deps: Deps, flow: FlowRow): Promise<FlowResult> {
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const row = await readFlow(deps, flow.id)
    const running = row?.outcome === 'failed' && row.failureWords === interrupted.words
    if (row && (!running || waitedMs >= waitMaxMs)) return resultOf(row)
    if (!row) return { kind: 'ended', flowId: flow.id, ...interrupted }
    await sleep(pollMs)
  }
}

type FlowResult = Adopted | FlowEnd

function resultOf(row: NonNullable<Awaited<ReturnType<typeof readFlow>>>): FlowResult {
  const { id: flowId, resultId, connectionId } = row
  if (row.outcome === 'completed' && resultId) {
    return { kind: 'connected', flowId, connectionId: resultId, isNew: connectionId === null }
  }
  if (row.outcome === 'other_account' && resultId && connectionId) {
    return { kind: 'other_account', flowId, pendingId: resultId, connectionId }
  }
  const code = row.failureCode ?? interrupted.code
  return { kind: 'ended', flowId, code, words: row.failureWords ?? interrupted.words }
}
