import type { HttpClient, NoAnswer } from '../http/http-client'
import type { CallGate, GateCaller } from './call-gate'

const noPlace: NoAnswer = {
  kind: 'no_answer',
  reason: 'network',
  maybeSent: false,
  words: 'Too many calls to this provider app were under way.',
}

/**
 * The calls of one rotation, each in a place of its app: the first has the place that the rotation was let in with, and gives it
 * back with its answer, so that others call while this one stores what it got. Those after it come first in line.
 *
 * @param leave gives back the place of the first call
 * @returns `end` gives it back where no call was made
 */
export function gatedCalls(
  http: HttpClient,
  gate: CallGate,
  caller: GateCaller,
  leave: () => void,
): { http: HttpClient; end(): void } {
  let first: (() => void) | null = leave

  async function place(): Promise<(() => void) | null> {
    const held = first
    first = null
    if (held) return held
    const entry = await gate.enter({ ...caller, begun: true })
    return entry.kind === 'in' ? entry.leave : null
  }

  return {
    http: {
      async send(request) {
        const end = await place()
        if (!end) return noPlace
        try {
          return await http.send(request)
        } finally {
          end()
        }
      },
    },
    end: leave,
  }
}
