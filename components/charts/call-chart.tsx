import { clsx } from 'clsx'
import { type CallBin, callKinds, noCalls, totalCalls } from '@/lib/core/call-counts'
import { groupDigits } from '../data/rate-reading'
import { CallBars } from './call-bars'
import { callBlocks, callHeads } from './call-colours'
import { CallTable } from './call-table'
import { callsSummary } from './call-words'
import { countTicks } from './count-ticks'
import { timeTicks } from './time-ticks'

/**
 * Calls over time as stacked bars, drawn on the server: a baseline at zero, gaps where nothing was called, a grey stretch where
 * nothing could be. Axes are text beside the drawing, so they stay readable however narrow it is. The same figures stand in a table below.
 *
 * @param props.bins of equal length, without holes, the oldest first
 * @param props.span the time they cover, in words: `in the last 24 hours`
 */
export function CallChart({ bins, span, id }: { bins: readonly CallBin[]; span: string; id: string }) {
  const [first, last] = [bins[0], bins.at(-1)]
  if (!first || !last) return null
  const counts = countTicks(Math.max(...bins.map((bin) => totalCalls(bin.calls ?? noCalls))))
  const top = counts.at(-1) ?? 1
  return (
    <figure className="grid gap-3">
      <figcaption id={`${id}-summary`}>{callsSummary(bins, span)}</figcaption>
      <Legend withAbsence={first.calls === null} />
      <div
        className="grid grid-cols-[auto_1fr] gap-x-2 gap-y-1 text-ink-muted text-xs tabular-nums"
        aria-hidden="true"
      >
        <div className="relative my-1 h-44 text-right">
          <span className="invisible">{groupDigits(top)}</span>
          {counts.map((count) => (
            <span
              key={count}
              className="absolute right-0 translate-y-1/2"
              style={{ bottom: `${(count / top) * 100}%` }}
            >
              {groupDigits(count)}
            </span>
          ))}
        </div>
        <CallBars bins={bins} ticks={counts} className="my-1 h-44 w-full" />
        <div className="relative col-start-2 h-4">
          {timeTicks(first.from, last.to).map(({ share, words }, index) => (
            <span
              key={share}
              className={clsx(
                'absolute whitespace-nowrap',
                share < 0.03 ? '' : share > 0.97 ? '-translate-x-full' : '-translate-x-1/2',
                index % 2 === 1 && 'max-sm:hidden',
              )}
              style={{ left: `${share * 100}%` }}
            >
              {words}
            </span>
          ))}
        </div>
        <div className="col-start-2 text-right">Times are UTC</div>
      </div>
      <CallTable bins={bins} caption={`Calls ${span}`} />
    </figure>
  )
}

function Legend({ withAbsence }: { withAbsence: boolean }) {
  return (
    <ul aria-hidden="true" className="flex flex-wrap gap-x-4 gap-y-1 text-ink-muted text-sm">
      {callKinds.map((kind) => (
        <li key={kind} className="flex items-center gap-1.5">
          <span className={clsx('size-2.5 rounded-sm', callBlocks[kind])} />
          {callHeads[kind]}
        </li>
      ))}
      {withAbsence ? (
        <li className="flex items-center gap-1.5">
          <span className="size-2.5 rounded-sm border border-line-strong bg-sunken" />
          Not connected yet
        </li>
      ) : null}
    </ul>
  )
}
