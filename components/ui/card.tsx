import { clsx } from 'clsx'
import type { ReactNode } from 'react'

/**
 * A bordered section. With `title` it is a region named by it; `actions` stand at the right of the title, `footer` below a line.
 * `flush` leaves the padding to the children: for tables and lists that reach the edges.
 */
export function Card({
  title,
  description,
  actions,
  footer,
  children,
  flush = false,
  level = 2,
  id,
  className,
}: {
  title?: ReactNode
  description?: ReactNode
  actions?: ReactNode
  footer?: ReactNode
  children?: ReactNode
  flush?: boolean
  level?: 2 | 3
  id?: string
  className?: string
}) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section
      id={id}
      className={clsx(
        'min-w-0 overflow-clip rounded-lg border border-line bg-surface shadow-card',
        className,
      )}
    >
      {title ? (
        <header
          className={clsx(
            'flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 py-3',
            flush && children ? 'border-line border-b' : null,
          )}
        >
          <div className="min-w-0 flex-1 basis-36">
            <Heading className="font-semibold">{title}</Heading>
            {description ? <p className="text-ink-muted text-sm">{description}</p> : null}
          </div>
          {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
        </header>
      ) : null}
      {children ? <div className={clsx(!flush && (title ? 'px-4 pb-4' : 'p-4'))}>{children}</div> : null}
      {footer ? (
        <footer className="flex flex-wrap items-center justify-between gap-2 border-line border-t bg-canvas px-4 py-2.5 text-ink-muted text-sm">
          {footer}
        </footer>
      ) : null}
    </section>
  )
}
