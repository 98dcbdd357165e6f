import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

export type Crumb = { href: string; label: string }

/** The head of a page: the way here, its h1, what it is for, and what can be done. */
export function PageHeader({
  title,
  description,
  crumbs = [],
  actions,
  before,
  meta,
}: {
  title: ReactNode
  description?: ReactNode
  /** The pages above this one; this page's own name is not among them. */
  crumbs?: readonly Crumb[]
  actions?: ReactNode
  /** A mark at the left of the title. */
  before?: ReactNode
  /** A line below the title: badges, an id with its Copy button. */
  meta?: ReactNode
}) {
  return (
    <header className="mb-6 grid gap-3">
      {crumbs.length > 0 ? (
        <nav aria-label="Breadcrumb">
          <ol className="flex flex-wrap items-center gap-1 text-ink-muted text-sm">
            {crumbs.map((crumb) => (
              <li key={crumb.href} className="flex items-center gap-1">
                <Link
                  href={crumb.href}
                  className="rounded-sm underline-offset-4 hover:text-ink hover:underline"
                >
                  {crumb.label}
                </Link>
                <ChevronRight aria-hidden="true" className="size-3.5 text-ink-faint" />
              </li>
            ))}
          </ol>
        </nav>
      ) : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 items-start gap-3">
          {before}
          <div className="min-w-0">
            <h1 className="break-words font-semibold text-xl tracking-tight">{title}</h1>
            {description ? <p className="max-w-[75ch] text-ink-muted">{description}</p> : null}
            {meta ? <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1.5">{meta}</div> : null}
          </div>
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
    </header>
  )
}
