import { groupDigits } from '@/components/data/rate-reading'
import { lengthWords } from '@/components/data/time-words'
import type { RotationFigures } from '@/lib/server'

/** How the token calls of the last thirty days went, in three figures. */
export function RotationFiguresList({ figures }: { figures: RotationFigures }) {
  const { renewed, failed, longestGapMs } = figures
  return (
    <dl
      aria-label="Token calls of the last 30 days"
      className="grid grid-cols-1 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-3"
    >
      <Figure name="Renewed in 30 days" value={groupDigits(renewed)} />
      <Figure name="Failed" value={groupDigits(failed)} warn={failed > 0} />
      <Figure
        name="Longest time between two"
        value={longestGapMs === null ? 'Not two yet' : lengthWords(longestGapMs)}
      />
    </dl>
  )
}

function Figure({ name, value, warn = false }: { name: string; value: string; warn?: boolean }) {
  return (
    <div className="flex items-baseline justify-between gap-3 bg-surface px-4 py-2.5 sm:block">
      <dt className="text-ink-muted text-sm">{name}</dt>
      <dd className={`font-medium text-lg tabular-nums ${warn ? 'text-warn' : ''}`}>{value}</dd>
    </div>
  )
}
