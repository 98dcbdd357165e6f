import { z } from 'zod'
import type { Actor } from '../core/actor'
import type { Deps } from '../deps'
import { requestDeadlineMs } from '../rotation/call-context'
import { parseInput } from '../rotation/parse-input'
import { exchange, type FinishOutcome, flowSelect, refused, requireUser, whyRefused } from './finish-connect'
import { flowCookieName, openFlowSecret, sameBrowser } from './flow-secrets'

const flowIdSchema = z.string().max(64)

export type ResumeInput = {
  flowId: string
  cookies: ReadonlyMap<string, string>
  /** Deadline of the code exchange; 10 s when left out. */
  deadlineMs?: number
}

/**
 * Goes on with a flow whose callback came while nobody was signed in: the same person, in the same browser, within the flow's
 * ten minutes. It spends the code that was sealed meanwhile.
 */
export async function resumeFlow(deps: Deps, actor: Actor, input: ResumeInput): Promise<FinishOutcome> {
  const flowId = parseInput(flowIdSchema, input.flowId)
  const flow = await deps.db.connectFlow.findUnique({ where: { id: flowId }, select: flowSelect })
  if (!flow) return refused('state_unknown', null)
  const cookieName = flowCookieName(deps.config, flow.id)
  if (!sameBrowser(input.cookies.get(cookieName), flow.cookieHash)) return refused('state_foreign', null)
  const refusal = await whyRefused(deps, actor, flow)
  if (refusal) return refused(refusal, cookieName)
  if (!flow.codeSealed) return refused('state_unknown', null)
  const code = openFlowSecret(deps, flow.id, 'code_sealed', flow.codeSealed)
  const deadlineMs = input.deadlineMs ?? requestDeadlineMs
  return exchange(deps, requireUser(actor), flow, { code, cookieName, deadlineMs })
}
