import { clsx } from 'clsx'

/** A grey bar in place of a line of text. Give it the width and height of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={clsx('skeleton block h-4 rounded bg-sunken', className)} />
}

/** What stands above a page: a title and a line below it, and where it lies within another, a crumb. Widths of what comes. */
export function HeaderSkeleton({ crumb, title, line }: { crumb?: string; title: string; line: string }) {
  return (
    <div className="mb-6 grid grid-cols-[minmax(0,1fr)] gap-2">
      {crumb ? <Skeleton className={crumb} /> : null}
      <Skeleton className={clsx('max-w-full', title)} />
      <Skeleton className={clsx('max-w-full', line)} />
    </div>
  )
}

/** Rows as high as those of `DataTable`, in a card, so that nothing moves when the table arrives. */
export function TableSkeleton({ rows = 8, columns = 5 }: { rows?: number; columns?: number }) {
  const widths = ['w-3/4', 'w-1/2', 'w-2/3', 'w-2/5', 'w-3/5']
  return (
    <div role="status" className="overflow-hidden rounded-lg border border-line bg-surface">
      <span className="sr-only">Loading</span>
      <div className="h-9 border-line border-b bg-canvas" />
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((row, index) => (
        <div key={row} className="flex h-12 items-center gap-6 border-line border-b px-4 last:border-0">
          {Array.from({ length: columns }, (_, column) => `${row}-${column}`).map((cell, column) => (
            <div key={cell} className="flex-1">
              <Skeleton className={widths[(index + column) % widths.length] ?? 'w-1/2'} />
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
