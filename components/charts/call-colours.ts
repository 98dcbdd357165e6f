import type { CallKind } from '@/lib/core/call-counts'

/** Classes that fill a shape, and a block of the legend, in a kind's colour. */
export const callFills: Readonly<Record<CallKind, string>> = {
  ok: 'fill-chart-ok',
  refused: 'fill-chart-refused',
  limited: 'fill-chart-limited',
  held: 'fill-chart-held',
  failed: 'fill-chart-failed',
}

export const callBlocks: Readonly<Record<CallKind, string>> = {
  ok: 'bg-chart-ok',
  refused: 'bg-chart-refused',
  limited: 'bg-chart-limited',
  held: 'bg-chart-held',
  failed: 'bg-chart-failed',
}

export const callHeads: Readonly<Record<CallKind, string>> = {
  ok: 'Succeeded',
  refused: 'Refused (4xx)',
  limited: 'Provider’s 429',
  held: 'Held by Patchbay',
  failed: 'Failed or given up',
}
