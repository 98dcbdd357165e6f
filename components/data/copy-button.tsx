'use client'

import { clsx } from 'clsx'
import { Check, Copy, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { iconButtonStyle } from '../ui/icon-button'
import { showToast } from '../ui/toast-store'
import { copyText } from './copy-text'

const shownMs = 2_000
type State = 'idle' | 'copied' | 'failed'

/**
 * Copies `text`. The icon swaps and the outcome is announced politely; where the browser refuses, it says so.
 *
 * @param props.label what is copied: "client id" gives the name "Copy client id"
 */
export function CopyButton({
  text,
  label,
  withWord = false,
  className,
  onCopied,
}: {
  text: string
  label: string
  /** Shows the word Copy beside the icon. */
  withWord?: boolean
  className?: string
  onCopied?: (() => void) | undefined
}) {
  const [state, setState] = useState<State>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), state === 'failed' ? 3 * shownMs : shownMs)
    return () => clearTimeout(timer)
  }, [state])

  const word = { idle: 'Copy', copied: 'Copied', failed: 'Not copied' }[state]
  const Icon = { idle: Copy, copied: Check, failed: TriangleAlert }[state]
  return (
    <span className={clsx('relative inline-flex', className)}>
      <button
        type="button"
        aria-label={`Copy ${label}`}
        onClick={async () => {
          const copied = await copyText(text)
          setState(copied ? 'copied' : 'failed')
          if (copied) onCopied?.()
          if (!copied)
            showToast(`The browser did not let ${label} be copied. Select it and copy it by hand.`, {
              kind: 'fault',
            })
        }}
        className={clsx(
          withWord
            ? 'inline-flex h-7 items-center gap-1.5 rounded-md border border-line-strong bg-surface px-2 font-medium text-ink text-sm hover:bg-hover [&_svg]:size-3.5'
            : iconButtonStyle,
          state === 'copied' && 'text-ok hover:text-ok',
          state === 'failed' && 'text-danger hover:text-danger',
        )}
      >
        <Icon aria-hidden="true" />
        {withWord ? word : null}
      </button>
      <span role="status" className="sr-only">
        {state === 'copied' ? `Copied ${label}` : null}
      </span>
    </span>
  )
}
