import { clsx } from 'clsx'
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

export type Column<Row> = {
  key: string
  head: ReactNode
  cell: (row: Row) => ReactNode
  /** Numbers stand right, in figures of one width. */
  numeric?: boolean
  /** A link that sorts by this column, and how it is sorted now. */
  sort?: { href: string; direction: 'ascending' | 'descending' | null }
  /** `head` is only for screen readers: for columns of icons or menus. */
  headHidden?: boolean
  /** Left out of the table below this width; the cards of narrow windows have room for all. */
  hideBelow?: 'md' | 'lg' | 'xl' | 'wide'
  className?: string
}

const hidden = {
  md: 'sm:max-md:hidden',
  lg: 'sm:max-lg:hidden',
  xl: 'sm:max-xl:hidden',
  wide: 'sm:max-[90rem]:hidden',
} as const

/**
 * A plain table. The first column names its row: with `rowHref` it is a link that covers the whole row, so middle-click and Ctrl-click work
 * anywhere on it. Below 640 px each row becomes a card.
 */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  rowHref,
  footer,
  bare = false,
}: {
  /** Names the table for screen readers. */
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  rowHref?: (row: Row) => string
  footer?: ReactNode
  /** Without its own frame: inside a flush `Card`. */
  bare?: boolean
}) {
  return (
    <div className={clsx(!bare && 'overflow-clip rounded-lg border border-line bg-surface shadow-card')}>
      <div className="relative overflow-x-auto">
        <table className="w-full border-collapse text-sm max-sm:block">
          <caption className="sr-only">{caption}</caption>
          <thead className="border-line border-b bg-canvas text-ink-muted max-sm:sr-only">
            <tr>
              {columns.map((column) => (
                <HeadCell key={column.key} column={column} />
              ))}
            </tr>
          </thead>
          <tbody className="max-sm:block">
            {rows.map((row) => (
              <tr
                key={rowKey(row)}
                className={clsx(
                  'relative border-line border-b last:border-0 max-sm:block max-sm:px-4 max-sm:py-3',
                  rowHref && 'transition-colors hover:bg-hover',
                )}
              >
                {columns.map((column, index) => (
                  <BodyCell key={column.key} column={column} first={index === 0}>
                    {index === 0 && rowHref ? (
                      <Link href={rowHref(row)} className="row-link">
                        {column.cell(row)}
                      </Link>
                    ) : (
                      column.cell(row)
                    )}
                  </BodyCell>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {footer ? <div className="border-line border-t bg-canvas px-4 py-2">{footer}</div> : null}
    </div>
  )
}

function HeadCell<Row>({ column }: { column: Column<Row> }) {
  const { sort } = column
  const Arrow =
    sort?.direction === 'ascending' ? ArrowUp : sort?.direction === 'descending' ? ArrowDown : ChevronsUpDown
  return (
    <th
      scope="col"
      aria-sort={sort ? (sort.direction ?? 'none') : undefined}
      className={clsx(
        'h-9 whitespace-nowrap px-3 font-medium first:pl-4 last:pr-4',
        column.numeric ? 'text-right' : 'text-left',
        column.hideBelow && hidden[column.hideBelow],
        column.className,
      )}
    >
      {column.headHidden ? <span className="sr-only">{column.head}</span> : null}
      {!column.headHidden && sort ? (
        <Link
          href={sort.href}
          scroll={false}
          className={clsx(
            'group inline-flex items-center gap-1 rounded-sm hover:text-ink',
            sort.direction && 'text-ink',
          )}
        >
          {column.head}
          <Arrow
            aria-hidden="true"
            className={clsx('size-3', !sort.direction && 'opacity-50 group-hover:opacity-100')}
          />
        </Link>
      ) : null}
      {!column.headHidden && !sort ? column.head : null}
    </th>
  )
}

function BodyCell<Row>({
  column,
  first,
  children,
}: {
  column: Column<Row>
  first: boolean
  children: ReactNode
}) {
  const classes = clsx(
    'h-12 px-3 py-2 text-left align-middle font-normal max-sm:h-auto max-sm:px-0 max-sm:py-1 sm:first:pl-4 sm:last:pr-4',
    column.numeric && 'tabular-nums sm:text-right',
    !first && 'max-sm:flex max-sm:items-center max-sm:justify-between max-sm:gap-4 max-sm:empty:hidden',
    first && 'max-sm:mb-1 max-sm:block max-sm:pr-9',
    !first && column.headHidden && 'max-sm:absolute max-sm:top-2 max-sm:right-3',
    column.hideBelow && hidden[column.hideBelow],
    column.className,
  )
  if (first) {
    return (
      <th scope="row" className={classes}>
        {children}
      </th>
    )
  }
  return (
    <td className={classes}>
      {column.headHidden ? null : (
        <span aria-hidden="true" className="shrink-0 text-ink-muted sm:hidden">
          {column.head}
        </span>
      )}
      {children}
    </td>
  )
}
