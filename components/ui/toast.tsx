'use client'

import { CircleAlert, CircleCheck, X } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useSyncExternalStore } from 'react'
import {
  dismissToast,
  holdToasts,
  readToasts,
  resumeToasts,
  subscribeToToasts,
  type Toast,
} from './toast-store'

const none: readonly Toast[] = []

/**
 * Where toasts appear: once, in the root layout. It is a polite live region, so they are read without taking the focus. The
 * newest toast's Undo also answers to Ctrl/Cmd-Z while no field is being typed in.
 */
export function ToastRegion() {
  const toasts = useSyncExternalStore(subscribeToToasts, readToasts, () => none)
  const undoable = toasts.findLast((toast) => toast.undo)

  useEffect(() => {
    if (!undoable) return
    const undo = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]')
      if (typing || event.shiftKey || !(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== 'z')
        return
      event.preventDefault()
      undoable.undo?.()
      dismissToast(undoable.id)
    }
    document.addEventListener('keydown', undo)
    return () => document.removeEventListener('keydown', undo)
  }, [undoable])

  return (
    <div
      role="status"
      aria-live="polite"
      aria-label="Notifications"
      onPointerEnter={holdToasts}
      onPointerLeave={resumeToasts}
      onFocus={holdToasts}
      onBlur={resumeToasts}
      className="pointer-events-none fixed inset-x-4 bottom-4 z-50 flex flex-col items-end gap-2 print:hidden"
    >
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className="toast pointer-events-auto flex w-full max-w-sm items-start gap-3 rounded-lg border border-line-strong bg-raised px-3.5 py-2.5 shadow-raised"
        >
          {toast.kind === 'done' ? (
            <CircleCheck aria-hidden="true" className="mt-[3px] size-4 shrink-0 text-ok" />
          ) : (
            <CircleAlert aria-hidden="true" className="mt-[3px] size-4 shrink-0 text-danger" />
          )}
          <p className="min-w-0 flex-1 break-words">{toast.text}</p>
          {toast.link ? (
            <Link
              href={toast.link.href}
              className="rounded-sm font-medium text-accent underline-offset-4 hover:underline"
              onClick={() => dismissToast(toast.id)}
            >
              {toast.link.words}
            </Link>
          ) : null}
          {toast.undo ? (
            <button
              type="button"
              className="rounded-sm font-medium text-accent underline-offset-4 hover:underline"
              onClick={() => {
                toast.undo?.()
                dismissToast(toast.id)
              }}
            >
              Undo
            </button>
          ) : null}
          <button
            type="button"
            aria-label="Dismiss"
            className="-mr-1 rounded-sm p-1 text-ink-faint hover:text-ink"
            onClick={() => dismissToast(toast.id)}
          >
            <X aria-hidden="true" className="size-3.5" />
          </button>
        </div>
      ))}
    </div>
  )
}
