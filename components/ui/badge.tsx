import { clsx } from 'clsx'
import type { ReactNode } from 'react'

export type Tone = 'neutral' | 'ok' | 'info' | 'warn' | 'danger'

export const toneStyles: Record<Tone, string> = {
  neutral: 'border-line-strong bg-sunken text-ink-muted',
  ok: 'border-ok-line bg-ok-soft text-ok',
  info: 'border-accent-line bg-accent-soft text-accent',
  warn: 'border-warn-line bg-warn-soft text-warn',
  danger: 'border-danger-line bg-danger-soft text-danger',
}

/** A small label. Colour never speaks alone: the words say what it means. */
export function Badge({
  tone = 'neutral',
  icon,
  children,
  className,
}: {
  tone?: Tone
  icon?: ReactNode
  children: ReactNode
  className?: string
}) {
  return (
    <span
      className={clsx(
        'inline-flex h-5.5 items-center gap-1 whitespace-nowrap rounded-full border px-2 font-medium text-xs [&_svg]:size-3.5 [&_svg]:shrink-0',
        toneStyles[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  )
}
