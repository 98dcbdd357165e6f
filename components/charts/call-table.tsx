import { type CallBin, callKinds, totalCalls } from '@/lib/core/call-counts'
import { groupDigits } from '../data/rate-reading'
import { callHeads } from './call-colours'
import { binWords } from './time-ticks'

/** A chart's figures as a table, folded away; times without a call are left out. */
export function CallTable({ bins, caption }: { bins: readonly CallBin[]; caption: string }) {
  const rows = bins.flatMap(({ from, to, calls }) =>
    calls && totalCalls(calls) > 0 ? [{ from, to, calls }] : [],
  )
  if (rows.length === 0) return null
  return (
    <details className="text-sm">
      <summary className="w-fit rounded-sm text-accent underline-offset-4 hover:underline">
        Show as a table
      </summary>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        tabIndex={0}
        aria-label={caption}
        className="mt-2 max-h-80 overflow-auto rounded-lg border border-line"
      >
        <table className="w-full border-collapse tabular-nums">
          <caption className="sr-only">{caption}; times without a call are left out</caption>
          <thead className="sticky top-0 bg-canvas text-ink-muted">
            <tr>
              <th scope="col" className="px-3 py-1.5 text-left font-medium">
                Time (UTC)
              </th>
              {['Calls', ...callKinds.map((kind) => callHeads[kind])].map((head) => (
                <th key={head} scope="col" className="whitespace-nowrap px-3 py-1.5 text-right font-medium">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.from.getTime()} className="border-line border-t">
                <th scope="row" className="whitespace-nowrap px-3 py-1.5 text-left font-normal">
                  {binWords(row)}
                </th>
                {[totalCalls(row.calls), ...callKinds.map((kind) => row.calls[kind])].map((count, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the columns are fixed
                  <td key={index} className="px-3 py-1.5 text-right">
                    {groupDigits(count)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}
