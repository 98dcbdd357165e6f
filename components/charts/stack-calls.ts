import { stack } from 'd3-shape'
import { type CallBin, type CallCounts, type CallKind, callKinds, noCalls } from '@/lib/core/call-counts'

/** A piece of a bar, counted from the baseline up. */
export type Segment = { kind: CallKind; from: number; to: number }

/** The pieces of each bin's bar, from the baseline up; a bin without calls has none, so that it shows as a gap. */
export function stackCalls(bins: readonly CallBin[]): Segment[][] {
  const series = stack<CallCounts, CallKind>().keys(callKinds)(bins.map((bin) => bin.calls ?? noCalls))
  return bins.map((_bin, index) =>
    series.flatMap((layer) => {
      const [from, to] = layer[index] ?? [0, 0]
      return to > from ? [{ kind: layer.key, from, to }] : []
    }),
  )
}
