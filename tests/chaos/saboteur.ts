import type { HttpClient, OutboundRequest } from '../../lib/http/http-client'
import type { Step } from './orders'

type Strike = { at: Step; signal: 'SIGKILL' | 'SIGSTOP' }

/**
 * The product's own HTTP client, which can end or freeze this process at a named step. The steps of a rotation are told by
 * its calls alone: the token call, its answer, and the probe that follows the commit.
 */
export function saboteur(http: HttpClient) {
  let planned: Strike | null = null

  function pass(step: Step): void {
    if (planned?.at !== step) return
    const { signal } = planned
    planned = null
    // Both signals take hold before the system call returns, so not one more statement runs.
    process.kill(process.pid, signal)
  }

  return {
    plan(strike: Strike): void {
      planned = strike
    },
    async send(request: OutboundRequest) {
      const isTokenCall = request.method === 'POST' && request.url.pathname.endsWith('/token')
      pass(isTokenCall ? 'before_call' : 'after_commit')
      const answer = await http.send(request)
      if (isTokenCall) pass('after_answer')
      return answer
    },
  }
}
