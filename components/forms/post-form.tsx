'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { FormPending } from './form-pending'

/**
 * A plain form to one of our route handlers, which answers with a redirect (Connect, Reconnect, Open in Outstand). It works without scripts;
 * with them a second press does nothing, and coming back by the Back button makes it fresh again.
 */
export function PostForm({
  action,
  fields = {},
  children,
  className,
  newTab = false,
}: {
  action: string
  fields?: Readonly<Record<string, string | readonly string[]>>
  children: ReactNode
  className?: string
  newTab?: boolean
}) {
  const [sent, setSent] = useState(false)
  useEffect(() => {
    const back = (event: PageTransitionEvent) => {
      if (event.persisted) setSent(false)
    }
    window.addEventListener('pageshow', back)
    return () => window.removeEventListener('pageshow', back)
  }, [])
  return (
    <form
      method="post"
      action={action}
      target={newTab ? '_blank' : undefined}
      rel={newTab ? 'noopener' : undefined}
      className={className}
      onSubmit={(event) => {
        if (sent) event.preventDefault()
        else if (!newTab) setSent(true)
      }}
    >
      {Object.entries(fields).flatMap(([name, values]) =>
        [values]
          .flat()
          .map((value) => <input key={`${name}=${value}`} type="hidden" name={name} value={value} />),
      )}
      <FormPending value={sent}>{children}</FormPending>
    </form>
  )
}
