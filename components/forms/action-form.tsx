'use client'

import { type ReactNode, useActionState, useEffect, useRef, useState } from 'react'
import { showToast } from '../ui/toast-store'
import { type ActionState, type FormAction, idle } from './action-state'
import { FaultCallout } from './fault-callout'

/**
 * A form for a server action. After a fault its message stays above the fields and the first wrong field is focused; what was typed is kept.
 * After success it confirms by a toast. With `guardUnsaved` the browser asks before changes are lost.
 *
 * `children` is given the state, for `fieldError(state, 'name')`.
 */
export function ActionForm({
  action,
  children,
  className = 'grid gap-4',
  guardUnsaved = false,
  onDone,
}: {
  action: FormAction
  children: ReactNode | ((state: ActionState) => ReactNode)
  className?: string
  guardUnsaved?: boolean
  onDone?: () => void
}) {
  const kept = useRef(false)
  const [state, send, pending] = useActionState<ActionState, FormData>(async (previous, data) => {
    const next = await action(previous, data)
    kept.current = next.kind === 'failed'
    return next
  }, idle)
  const [dirty, setDirty] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const done = useRef(onDone)
  done.current = onDone

  useEffect(() => {
    if (state.kind === 'failed') form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    if (state.kind === 'done') {
      if (state.message) showToast(state.message)
      setDirty(false)
      done.current?.()
    }
  }, [state])

  useEffect(() => {
    if (!guardUnsaved || !dirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [guardUnsaved, dirty])

  return (
    <form
      ref={form}
      action={send}
      noValidate
      aria-busy={pending}
      className={className}
      onSubmit={(event) => {
        if (pending) event.preventDefault()
      }}
      onChange={() => setDirty(true)}
      onReset={(event) => {
        // React empties a form after its action; after a fault the person's words must stay.
        if (kept.current) event.preventDefault()
      }}
    >
      <FaultCallout state={state} />
      {typeof children === 'function' ? children(state) : children}
    </form>
  )
}
