/** What became of a call, in the order in which charts and tables show it. */
export const callKinds = ['ok', 'refused', 'limited', 'held', 'failed'] as const
export type CallKind = (typeof callKinds)[number]

/** How many calls of each kind; a call is of exactly one. */
export type CallCounts = Record<CallKind, number>

/** A stretch of time with its calls; `null` before there was anything that could call. */
export type CallBin = { from: Date; to: Date; calls: CallCounts | null }

export const noCalls: Readonly<CallCounts> = { ok: 0, refused: 0, limited: 0, held: 0, failed: 0 }

export function totalCalls(calls: Readonly<CallCounts>): number {
  return callKinds.reduce((sum, kind) => sum + calls[kind], 0)
}

export function addCalls(a: Readonly<CallCounts>, b: Readonly<CallCounts>): CallCounts {
  return {
    ok: a.ok + b.ok,
    refused: a.refused + b.refused,
    limited: a.limited + b.limited,
    held: a.held + b.held,
    failed: a.failed + b.failed,
  }
}
