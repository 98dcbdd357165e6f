import { Pager } from '@/components/data/pager'
import { listHref } from './list-href'

/** Newer and older entries of a list that begins with the newest; nothing where one page has them all. */
export function NewestFirstPager({
  path,
  filters = {},
  newerThan,
  olderThan,
}: {
  path: string
  filters?: Readonly<Record<string, string | null>>
  /** Cursors of the pages beside this one. */
  newerThan: string | null
  olderThan: string | null
}) {
  if (!newerThan && !olderThan) return null
  return (
    <Pager
      previousHref={newerThan && listHref(path, { ...filters, newer: newerThan })}
      nextHref={olderThan && listHref(path, { ...filters, older: olderThan })}
      summary="Newest first"
    />
  )
}
