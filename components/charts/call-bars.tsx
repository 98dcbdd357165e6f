import { clsx } from 'clsx'
import type { CallBin } from '@/lib/core/call-counts'
import { callFills } from './call-colours'
import { countsWords } from './call-words'
import { stackCalls } from './stack-calls'
import { binWords } from './time-ticks'

/** Units of the drawing's own width that a bin takes; a sixth of it stays free. */
const step = 6
const height = 100

/** The drawing alone: it stretches to its box, so it holds no text. Hovering a bin tells its figures. */
export function CallBars({
  bins,
  ticks,
  className,
}: {
  bins: readonly CallBin[]
  /** Counts at which a line is drawn; the last one is the top. */
  ticks: readonly number[]
  className?: string
}) {
  const top = ticks.at(-1) ?? 1
  const y = (count: number) => height - (count / top) * height
  const width = bins.length * step
  const bars = stackCalls(bins)
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={clsx('overflow-visible', className)}
    >
      {ticks.map((count) => (
        <line
          key={count}
          x1={0}
          x2={width}
          y1={y(count)}
          y2={y(count)}
          vectorEffect="non-scaling-stroke"
          className={count === 0 ? 'stroke-field' : 'stroke-line'}
        />
      ))}
      {bins.map((bin, index) => (
        <g key={bin.from.getTime()}>
          <title>{`${binWords(bin)}: ${countsWords(bin.calls)}`}</title>
          <rect
            x={index * step}
            y={0}
            width={step}
            height={height}
            shapeRendering="crispEdges"
            className={bin.calls === null ? 'fill-sunken' : 'fill-transparent hover:fill-hover'}
          />
          {bars[index]?.map((part) => (
            <rect
              key={part.kind}
              x={index * step + step / 12}
              y={y(part.to)}
              width={(step * 5) / 6}
              height={y(part.from) - y(part.to)}
              className={clsx('pointer-events-none', callFills[part.kind])}
            />
          ))}
        </g>
      ))}
    </svg>
  )
}
