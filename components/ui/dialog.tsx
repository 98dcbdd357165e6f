'use client'

import { clsx } from 'clsx'
import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { iconButtonStyle } from './icon-button'

/**
 * A modal dialog on the browser's own `<dialog>`: focus stays inside, Escape closes, and focus returns to what opened it.
 * An element with `data-first-focus` is focused first. `footer` holds the buttons.
 */
export function Dialog({
  open,
  onClose,
  title,
  description,
  children,
  footer,
  wide = false,
  role = 'dialog',
}: {
  open: boolean
  onClose: () => void
  title: ReactNode
  description?: ReactNode
  children?: ReactNode
  footer?: ReactNode
  wide?: boolean
  role?: 'dialog' | 'alertdialog'
}) {
  const id = useId()
  const box = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    const dialog = box.current
    if (!dialog || dialog.open === open) return
    if (!open) return dialog.close()
    dialog.showModal()
    dialog.querySelector<HTMLElement>('[data-first-focus]')?.focus()
  }, [open])

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes the dialog; the press on the backdrop is the mouse's way
    <dialog
      ref={box}
      role={role}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-text` : undefined}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === box.current && role === 'dialog') box.current?.close()
      }}
      className={clsx(
        'm-auto max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] rounded-xl border border-line-strong bg-raised shadow-raised',
        wide ? 'max-w-2xl' : 'max-w-md',
      )}
    >
      {open ? (
        <div className="flex flex-col">
          <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
            <div className="min-w-0">
              <h2 id={`${id}-title`} className="font-semibold text-lg">
                {title}
              </h2>
              {description ? (
                <p id={`${id}-text`} className="mt-1 text-ink-muted">
                  {description}
                </p>
              ) : null}
            </div>
            <button
              type="button"
              aria-label="Close"
              onClick={() => box.current?.close()}
              className={clsx(iconButtonStyle, '-mr-1.5')}
            >
              <X aria-hidden="true" />
            </button>
          </header>
          {children ? <div className="px-5 pb-5">{children}</div> : null}
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-line border-t bg-canvas px-5 py-3">
              {footer}
            </footer>
          ) : null}
        </div>
      ) : null}
    </dialog>
  )
}
