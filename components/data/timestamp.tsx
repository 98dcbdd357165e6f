'use client'

import { clsx } from 'clsx'
import { HoverCard } from '../ui/hover-card'
import { useTicking } from './clock-provider'
import { ExactTime } from './exact-time'
import { relativeWords } from './time-words'

/** An instant in words that keep themselves true, without a card: for places where only text fits. */
export function RelativeTime({ at, className }: { at: Date; className?: string }) {
  const words = useTicking((nowMs) => relativeWords(at.getTime(), nowMs))
  return (
    <time dateTime={at.toISOString()} className={clsx('whitespace-nowrap tabular-nums', className)}>
      {words}
    </time>
  )
}

/** An instant in words; hover, focus or a tap shows it in local time, UTC and ISO, each to copy. */
export function Timestamp({ at, className }: { at: Date; className?: string }) {
  return (
    <HoverCard
      label="Exact time"
      trigger={<RelativeTime at={at} />}
      className={clsx(
        'decoration-line-strong decoration-dotted underline-offset-4 hover:underline',
        className,
      )}
    >
      <ExactTime at={at} />
    </HoverCard>
  )
}
