'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { followAnchor } from './place-floating'

const delayMs = 400

/**
 * Shows a control's name beside it on hover and keyboard focus. The control must carry the name itself (`aria-label`): the
 * tooltip only repeats it for the eye, so it is hidden from screen readers.
 */
export function Tooltip({ text, children }: { text: string; children: ReactNode }) {
  const anchor = useRef<HTMLSpanElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [open, setOpen] = useState(false)

  const close = () => {
    clearTimeout(timer.current)
    setOpen(false)
  }
  useEffect(() => () => clearTimeout(timer.current), [])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the control inside is the interactive one; this only watches it
    <span
      ref={anchor}
      className="inline-flex"
      onPointerEnter={(event) => {
        if (event.pointerType === 'mouse') timer.current = setTimeout(() => setOpen(true), delayMs)
      }}
      onPointerLeave={close}
      onPointerDown={close}
      onFocus={(event) => {
        if (event.target.matches(':focus-visible')) setOpen(true)
      }}
      onBlur={close}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
    >
      {children}
      {open && <TooltipBox anchor={anchor} text={text} />}
    </span>
  )
}

function TooltipBox({ anchor, text }: { anchor: { current: HTMLElement | null }; text: string }) {
  const box = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (!box.current || !anchor.current) return
    box.current.showPopover()
    return followAnchor(anchor.current, box.current, 'center')
  }, [anchor])
  return (
    <span
      ref={box}
      popover="manual"
      aria-hidden="true"
      className="pointer-events-none max-w-64 rounded-md border-transparent! bg-solid px-2 py-1 font-normal text-ink-inverse text-xs"
    >
      {text}
    </span>
  )
}
