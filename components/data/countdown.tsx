'use client'

import { clsx } from 'clsx'
import { HoverCard } from '../ui/hover-card'
import { useTicking } from './clock-provider'
import { ExactTime } from './exact-time'
import { countdownWords } from './time-words'

/**
 * A clock that runs to an instant: `in 4 min 12 s`, and `past` after it ("expired 3 min ago"). It is quiet for screen readers, who read
 * it when they come by.
 *
 * @param props.past word for an instant that has gone by, `Expired` by default
 * @param props.pastTone class of an instant that has gone by; a danger by default
 * @param props.warnMs from here on it is drawn as a warning, in milliseconds
 */
export function Countdown({
  to,
  past = 'Expired',
  pastTone = 'text-danger',
  warnMs,
  className,
}: {
  to: Date
  past?: string
  pastTone?: string
  warnMs?: number
  className?: string
}) {
  const words = useTicking((nowMs) => countdownWords(to.getTime() - nowMs, past))
  const tone = useTicking((nowMs) => {
    const left = to.getTime() - nowMs
    if (left <= 0) return pastTone
    return warnMs !== undefined && left < warnMs ? 'text-warn' : ''
  })
  return (
    <HoverCard
      label="Exact time"
      className="decoration-line-strong decoration-dotted underline-offset-4 hover:underline"
      trigger={
        <time dateTime={to.toISOString()} className={clsx('whitespace-nowrap tabular-nums', tone, className)}>
          {words}
        </time>
      }
    >
      <ExactTime at={to} />
    </HoverCard>
  )
}
