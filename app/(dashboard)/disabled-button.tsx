import { type ReactNode, useId } from 'react'
import { Button } from '@/components/ui/button'
import type { ButtonSize } from '@/components/ui/button-style'

/** What this role may not do, or cannot be done now: visible, switched off and explained. */
export function DisabledButton({
  why,
  size = 'sm',
  children,
}: {
  why: string
  size?: ButtonSize
  children: ReactNode
}) {
  const id = useId()
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <Button size={size} aria-disabled aria-describedby={id}>
        {children}
      </Button>
      <span id={id} className="text-ink-muted text-sm">
        {why}
      </span>
    </span>
  )
}
