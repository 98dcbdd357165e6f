import { clsx } from 'clsx'
import type { Tone } from './badge'

const fills: Record<Tone, string> = {
  neutral: 'bg-ink-faint',
  ok: 'bg-ok',
  info: 'bg-accent',
  warn: 'bg-warn',
  danger: 'bg-danger',
}

/** A bar from 0 to `max`, named by `label`, with `valueText` read in place of the bare number. */
export function Meter({
  value,
  max,
  label,
  valueText,
  tone = 'info',
  className,
}: {
  value: number
  max: number
  label: string
  valueText: string
  tone?: Tone
  className?: string
}) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers draw <meter> each in their own way and colour
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      aria-valuetext={valueText}
      className={clsx('h-1.5 overflow-hidden rounded-full bg-line', className)}
    >
      <div
        className={clsx('h-full rounded-full', fills[tone])}
        style={{ width: `${(share * 100).toFixed(1)}%` }}
      />
    </div>
  )
}

/** Work that goes on: `done` of `total` steps. */
export function Progress({ done, total, label }: { done: number; total: number; label: string }) {
  const share = total > 0 ? Math.min(1, done / total) : 0
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      className="h-1.5 overflow-hidden rounded-full bg-line"
    >
      <div
        className="h-full rounded-full bg-accent transition-[width]"
        style={{ width: `${(share * 100).toFixed(1)}%` }}
      />
    </div>
  )
}
