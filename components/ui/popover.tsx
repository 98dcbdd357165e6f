'use client'

import { clsx } from 'clsx'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { type Align, followAnchor } from './place-floating'

/**
 * A button that opens a panel over the page. The browser opens and closes it (`popover`), so it works before scripts do;
 * a press outside and Escape close it, and focus goes back to the button.
 */
export function Popover({
  trigger,
  triggerClassName,
  triggerLabel,
  children,
  className,
  align = 'start',
}: {
  trigger: ReactNode
  triggerClassName?: string
  /** Name of the button where `trigger` is only an icon. */
  triggerLabel?: string
  children: ReactNode
  className?: string
  align?: Align
}) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  useFollow(button, panel, align)
  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-label={triggerLabel}
        className={triggerClassName}
      >
        {trigger}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className={clsx('max-w-[calc(100vw-1rem)] overflow-y-auto rounded-lg p-1', className)}
      >
        {children}
      </div>
    </>
  )
}

/** Keeps a native popover beside its button for as long as it is open, and closes it when a link inside is followed. */
export function useFollow(
  anchor: { current: HTMLElement | null },
  panel: { current: HTMLElement | null },
  align: Align,
) {
  useEffect(() => {
    const box = panel.current
    if (!box) return
    let stop: (() => void) | null = null
    const toggled = (event: ToggleEvent) => {
      stop?.()
      stop = event.newState === 'open' && anchor.current ? followAnchor(anchor.current, box, align) : null
    }
    const followed = (event: MouseEvent) => {
      if (
        event.target instanceof Element &&
        event.target.closest('a[href]') &&
        !event.metaKey &&
        !event.ctrlKey
      ) {
        box.hidePopover()
      }
    }
    box.addEventListener('toggle', toggled)
    box.addEventListener('click', followed)
    return () => {
      stop?.()
      box.removeEventListener('toggle', toggled)
      box.removeEventListener('click', followed)
    }
  }, [anchor, panel, align])
}
