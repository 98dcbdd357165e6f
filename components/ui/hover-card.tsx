'use client'

import { clsx } from 'clsx'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { followAnchor } from './place-floating'

const openDelayMs = 180
const closeDelayMs = 160

/** `peek`: shown by keyboard focus, for the eye only, so that a list of cards does not multiply the stops of Tab. */
type State = 'closed' | 'peek' | 'open'

/**
 * A word that explains itself: hover, keyboard focus or a tap shows a card beside it; Escape, leaving or a press outside closes it.
 * Enter makes what the card holds reachable by Tab. Nothing of the card is in the page until it is shown.
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
  const [state, setState] = useState<State>('closed')
  const shown = state !== 'closed'

  const soon = (next: State, delayMs: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setState(next), delayMs)
  }
  const now = (next: State) => {
    clearTimeout(timer.current)
    setState(next)
  }

  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (!shown) return
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setState('closed')
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [shown])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside is the control; this watches the way from it into the card
    <span
      ref={root}
      className="inline-flex max-w-full"
      onPointerEnter={(event) => {
        if (event.pointerType === 'mouse') soon('open', openDelayMs)
      }}
      onPointerLeave={(event) => {
        if (event.pointerType === 'mouse') soon('closed', closeDelayMs)
      }}
      onFocus={(event) => {
        if (event.target === anchor.current && event.target.matches(':focus-visible')) now('peek')
      }}
      onBlur={(event) => {
        if (!root.current?.contains(event.relatedTarget)) now('closed')
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !shown) return
        // Also keeps a dialog around it open.
        event.preventDefault()
        event.stopPropagation()
        anchor.current?.focus()
        now('closed')
      }}
    >
      <button
        ref={anchor}
        type="button"
        aria-expanded={state === 'open'}
        aria-controls={state === 'open' ? id : undefined}
        onClick={(event) => {
          event.preventDefault()
          // A press by mouse lands after hover has opened the card: it keeps it; a tap or a key opens and closes.
          const byMouse = event.detail > 0 && matchMedia('(hover: hover)').matches
          now(byMouse || state !== 'open' ? 'open' : 'closed')
        }}
        className={clsx('max-w-full rounded-sm text-left', className)}
      >
        {trigger}
      </button>
      {shown && (
        <Card id={id} inert={state === 'peek'} anchor={anchor} label={label}>
          {children}
        </Card>
      )}
    </span>
  )
}

function Card(props: {
  id: string
  inert: boolean
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
      inert={props.inert}
      popover="manual"
      role="group"
      aria-label={props.label}
      className="w-max max-w-[min(22rem,calc(100vw-1rem))] cursor-auto overflow-y-auto whitespace-normal rounded-lg p-3 text-left font-normal text-ink text-sm"
    >
      {props.children}
    </span>
  )
}
