import { clsx } from 'clsx'
import { middleCut } from './middle-cut'

/** A text on one line that is cut in its middle when room is short; the whole of it stays selectable, copied and read out. */
export function MiddleTruncate({
  text,
  tail = 8,
  mono = true,
  className,
}: {
  text: string
  tail?: number
  mono?: boolean
  className?: string
}) {
  const parts = middleCut(text, tail)
  return (
    <span
      title={text}
      className={clsx('flex min-w-0 max-w-full', mono && 'font-mono text-[0.93em]', className)}
    >
      <span className="min-w-0 truncate whitespace-pre">{parts.head}</span>
      <span className="shrink-0 whitespace-pre">{parts.tail}</span>
    </span>
  )
}
