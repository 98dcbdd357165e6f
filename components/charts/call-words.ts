import {
  addCalls,
  type CallBin,
  type CallCounts,
  callKinds,
  noCalls,
  totalCalls,
} from '@/lib/core/call-counts'
import { groupDigits } from '../data/rate-reading'
import { binWords } from './time-ticks'

/** What became of one call, and of several. */
const kindWords: Readonly<Record<(typeof callKinds)[number], readonly [string, string]>> = {
  ok: ['succeeded', 'succeeded'],
  refused: ['was refused (4xx)', 'were refused (4xx)'],
  limited: ['was answered 429 by the provider', 'were answered 429 by the provider'],
  held: ['was held by Patchbay', 'were held by Patchbay'],
  failed: ['failed or was given up', 'failed or were given up'],
}

/**
 * A chart of calls in a sentence or two: how many, what became of them, when there were most.
 *
 * @param span the time it covers: `in the last 24 hours`
 */
export function callsSummary(bins: readonly CallBin[], span: string): string {
  const all = bins.reduce((sum, bin) => addCalls(sum, bin.calls ?? noCalls), { ...noCalls })
  const total = totalCalls(all)
  if (total === 0) return `No call through Patchbay ${span}.`
  const fullest = bins.reduce((best, bin) => (callsOf(bin) > callsOf(best) ? bin : best))
  const head = `${counted(total)} ${span}: ${kindsInWords(all)}.`
  return `${head} Most at ${binWords(fullest)}: ${groupDigits(callsOf(fullest))}.`
}

/** `12 calls: 10 succeeded, 2 were refused (4xx)`; without the kinds that did not occur. */
export function countsWords(calls: CallCounts | null): string {
  if (calls === null) return 'not connected yet'
  const total = totalCalls(calls)
  return total === 0 ? 'no calls' : `${counted(total)}: ${kindsInWords(calls)}`
}

function kindsInWords(calls: Readonly<CallCounts>): string {
  return callKinds
    .flatMap((kind) => {
      const count = calls[kind]
      const [ofOne, ofSeveral] = kindWords[kind]
      return count > 0 ? [`${groupDigits(count)} ${count === 1 ? ofOne : ofSeveral}`] : []
    })
    .join(', ')
}

function callsOf(bin: CallBin): number {
  return totalCalls(bin.calls ?? noCalls)
}

function counted(calls: number): string {
  return `${groupDigits(calls)} ${calls === 1 ? 'call' : 'calls'}`
}
