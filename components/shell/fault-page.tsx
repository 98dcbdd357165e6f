'use client'

import { RotateCw } from 'lucide-react'
import { useEffect, useRef, useTransition } from 'react'
import { CopyId } from '../data/copy-field'
import { Button, ButtonLink } from '../ui/button'

/**
 * What stands in place of a page that failed: what happened, the id by which the log knows it, and another try. Never the error's
 * own text.
 */
export function FaultPage({ error, retry, what }: { error: unknown; retry: () => void; what: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const [pending, start] = useTransition()
  const digest =
    error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : null
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="mx-auto grid max-w-xl gap-4 py-16" role="alert">
      <h1 ref={heading} tabIndex={-1} className="font-semibold text-xl tracking-tight">
        {what} could not be shown
      </h1>
      <p className="text-ink-muted">
        Something failed on the server while this page was made. Nothing was changed. Try again; if it stays,
        look for the error id in Patchbay’s log.
      </p>
      {digest ? (
        <p className="flex items-center gap-2">
          Error id <CopyId value={digest} label="error id" />
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          icon={<RotateCw aria-hidden="true" />}
          pending={pending}
          onClick={() => start(retry)}
        >
          Try again
        </Button>
        <ButtonLink href="/">Overview</ButtonLink>
      </div>
    </div>
  )
}
