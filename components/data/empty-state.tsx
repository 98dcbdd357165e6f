import type { ReactNode } from 'react'

/**
 * What stands in place of a list. First use: names what is missing and offers the one action. After a filter: offers "Clear filters".
 * After a fault: says what failed and offers another try. The caller picks words and `action`.
 */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon?: ReactNode
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      {icon ? (
        <span
          aria-hidden="true"
          className="mb-3 inline-flex size-10 items-center justify-center rounded-lg border border-line bg-sunken text-ink-faint [&_svg]:size-5"
        >
          {icon}
        </span>
      ) : null}
      <p className="font-medium">{title}</p>
      {children ? <div className="mt-1 max-w-[52ch] text-ink-muted">{children}</div> : null}
      {action ? <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  )
}
