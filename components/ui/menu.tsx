'use client'

import { clsx } from 'clsx'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { Align } from './place-floating'
import { useFollow } from './popover'

/**
 * A menu button (WAI-ARIA menu pattern): arrows, Home, End and first letters move; Escape and Tab close. Children are the items
 * of menu-items.tsx. `label` names button and menu where `trigger` is only an icon.
 */
export function Menu({
  trigger,
  label,
  triggerClassName,
  children,
  align = 'end',
}: {
  trigger: ReactNode
  label: string
  triggerClassName?: string
  children: ReactNode
  align?: Align
}) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const typed = useRef({ text: '', at: 0 })
  const [open, setOpen] = useState(false)
  useFollow(button, panel, align)

  useEffect(() => {
    const box = panel.current
    if (!box) return
    const toggled = (event: ToggleEvent) => {
      setOpen(event.newState === 'open')
      if (event.newState === 'open') itemsOf(box)[0]?.focus()
    }
    box.addEventListener('toggle', toggled)
    return () => box.removeEventListener('toggle', toggled)
  }, [])

  const move = (event: KeyboardEvent) => {
    const items = itemsOf(panel.current)
    const present = items.findIndex((item) => item.matches(':focus'))
    const to = (index: number) => {
      event.preventDefault()
      items[(index + items.length) % items.length]?.focus()
    }
    if (event.key === 'ArrowDown') to(present + 1)
    else if (event.key === 'ArrowUp') to(present < 0 ? -1 : present - 1)
    else if (event.key === 'Home') to(0)
    else if (event.key === 'End') to(-1)
    else if (event.key === 'Tab') panel.current?.hidePopover()
    else if (
      event.key.length === 1 &&
      event.key !== ' ' &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey
    ) {
      const fresh = event.timeStamp - typed.current.at > 600
      typed.current = {
        text: (fresh ? '' : typed.current.text) + event.key.toLowerCase(),
        at: event.timeStamp,
      }
      const found = items.find((item) =>
        item.textContent?.trim().toLowerCase().startsWith(typed.current.text),
      )
      found?.focus()
    }
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={label}
        className={triggerClassName}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          panel.current?.showPopover()
        }}
      >
        {trigger}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={move}
        onClick={(event) => {
          const chosen = event.target instanceof Element && event.target.closest('[role="menuitem"]')
          if (chosen && chosen.getAttribute('aria-disabled') !== 'true') panel.current?.hidePopover()
        }}
        className={clsx('min-w-44 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-lg p-1')}
      >
        {children}
      </div>
    </>
  )
}

function itemsOf(panel: HTMLElement | null): HTMLElement[] {
  return [...(panel?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
}
