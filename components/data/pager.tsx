import { ChevronLeft, ChevronRight } from 'lucide-react'
import { ButtonLink } from '../ui/button'
import { buttonStyle } from '../ui/button-style'

/** Newer and older, by key: links where there is a page, a switched-off word where there is none. */
export function Pager({
  previousHref,
  nextHref,
  summary,
  label = 'Pages',
}: {
  previousHref: string | null
  nextHref: string | null
  /** "50 of 1,204 connections", for instance. */
  summary?: string
  label?: string
}) {
  return (
    <nav aria-label={label} className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-ink-muted text-sm tabular-nums">{summary}</p>
      <div className="flex gap-2">
        <Step href={previousHref} rel="prev">
          <ChevronLeft aria-hidden="true" />
          Previous
        </Step>
        <Step href={nextHref} rel="next">
          Next
          <ChevronRight aria-hidden="true" />
        </Step>
      </div>
    </nav>
  )
}

function Step({
  href,
  rel,
  children,
}: {
  href: string | null
  rel: 'prev' | 'next'
  children: React.ReactNode
}) {
  if (href) {
    return (
      <ButtonLink href={href} rel={rel} size="sm">
        {children}
      </ButtonLink>
    )
  }
  return (
    <span className={buttonStyle('ghost', 'sm', 'pointer-events-none border border-line')}>{children}</span>
  )
}
