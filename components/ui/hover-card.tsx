'use client'

import { clsx } from 'clsx'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { followAnchor } from './place-floating'

const openDelayMs = 180
const closeDelayMs = 160

/**
 * A word that explains itself: hover, keyboard focus or a tap opens a card beside it; Escape, leaving or a press outside
 * closes it. What the card holds can be reached by Tab. Nothing of the card is in the page until it opens.
 */
export function HoverCard({
  trigger,
  children,
  className,
  label,
}: {
  trigger: ReactNode
  children: ReactNode
  className?: string
  /** Name of the card for screen readers. */
  label: string
}) {
  const id = useId()
  const anchor = useRef<HTMLButtonElement>(null)
  const root = useRef<HTMLSpanElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [open, setOpen] = useState(false)

  const soon = (next: boolean, delayMs: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setOpen(next), delayMs)
  }
  const now = (next: boolean) => {
    clearTimeout(timer.current)
    setOpen(next)
  }

  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (!open) return
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside is the control; this watches the way from it into the card
    <span
      ref={root}
      className="inline-flex max-w-full"
      onPointerEnter={(event) => {
        if (event.pointerType === 'mouse') soon(true, openDelayMs)
      }}
      onPointerLeave={(event) => {
        if (event.pointerType === 'mouse') soon(false, closeDelayMs)
      }}
      onFocus={(event) => {
        if (event.target === anchor.current && event.target.matches(':focus-visible')) now(true)
      }}
      onBlur={(event) => {
        if (!root.current?.contains(event.relatedTarget)) now(false)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return
        event.stopPropagation()
        now(false)
        anchor.current?.focus()
      }}
    >
      <button
        ref={anchor}
        type="button"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={(event) => {
          event.preventDefault()
          // A press by mouse lands after hover has opened the card: it keeps it; a tap or a key opens and closes.
          now(event.detail > 0 && open && matchMedia('(hover: hover)').matches ? true : !open)
        }}
        className={clsx('max-w-full rounded-sm text-left', className)}
      >
        {trigger}
      </button>
      {open && (
        <Card id={id} anchor={anchor} label={label}>
          {children}
        </Card>
      )}
    </span>
  )
}

function Card(props: {
  id: string
  anchor: { current: HTMLElement | null }
  label: string
  children: ReactNode
}) {
  const { anchor } = props
  const box = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (!box.current || !anchor.current) return
    box.current.showPopover()
    return followAnchor(anchor.current, box.current, 'start')
  }, [anchor])
  return (
    // biome-ignore lint/a11y/useSemanticElements: a span, since cards open inside paragraphs and cells
    <span
      ref={box}
      id={props.id}
      popover="manual"
      role="group"
      aria-label={props.label}
      className="w-max max-w-[min(22rem,calc(100vw-1rem))] cursor-auto overflow-y-auto whitespace-normal rounded-lg p-3 text-left font-normal text-ink text-sm"
    >
      {props.children}
    </span>
  )
}
