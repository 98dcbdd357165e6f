import { Agent, get } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Deps } from '../../lib/deps'
import type { BucketFacts, PermitAnswer } from '../../lib/rate-limits/permit-book'
import type { Refusal, SpendOrder, SpendResult } from './orders'

/** Calls a provider as often as permits allow, in several lanes at once. */
export async function spend(deps: Pick<Deps, 'permits' | 'clock'>, order: SpendOrder): Promise<SpendResult> {
  const agent = new Agent({ keepAlive: true })
  const refusals: Refusal[] = []
  let left = order.attempts
  let calls = 0

  async function attempt(): Promise<void> {
    const given = await deps.permits.take(order.facts, { waitMs: 0 })
    if (given.kind === 'granted') {
      calls += 1
      return given.permit.done(await call(order.url, agent))
    }
    refusals.push(refusalOf(given))
    if (!order.patient) return
    await pause(Math.max(0, given.retryAt.getTime() - deps.clock.now().getTime()))
    await attempt()
  }

  async function lane(): Promise<void> {
    while (left > 0) {
      left -= 1
      await attempt()
    }
  }

  await Promise.all(Array.from({ length: order.lanes }, lane))
  agent.destroy()
  return { calls, refusals }
}

export async function takePermits(
  { permits }: Pick<Deps, 'permits'>,
  { facts, count, waitMs }: { facts: BucketFacts; count: number; waitMs: number },
): Promise<SpendResult> {
  const given = await Promise.all(Array.from({ length: count }, () => permits.take(facts, { waitMs })))
  const refused = given.filter((one) => one.kind === 'refused')
  return { calls: count - refused.length, refusals: refused.map(refusalOf) }
}

function refusalOf({ retryAt, reason }: Extract<PermitAnswer, { kind: 'refused' }>): Refusal {
  return { at: retryAt.getTime(), reason }
}

function call(url: string, agent: Agent): Promise<{ status: number; headers: Headers }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (answer) => {
      answer.resume()
      const retryAfter = answer.headers['retry-after']
      const headers = new Headers(retryAfter === undefined ? {} : { 'retry-after': retryAfter })
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, headers }))
    })
    request.once('error', reject)
  })
}
