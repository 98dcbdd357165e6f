import { DataTable } from '@/components/data/data-table'
import { PageHeader } from '@/components/shell/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { connectionColumns } from './connection-columns'

const rows = Array.from({ length: 10 }, (_, index) => index)
const widths = ['w-40', 'w-28', 'w-24', 'w-20', 'w-20', 'w-32', 'w-16', 'w-6']

/** The list's own heads, and rows as high as its rows, so that nothing moves when they arrive. */
export default function Loading() {
  return (
    <div role="status">
      <span className="sr-only">Loading the connections</span>
      <PageHeader
        title="Connections"
        description="The accounts whose tokens Patchbay keeps alive."
        actions={<Skeleton className="h-8 w-36" />}
      />
      {/* Only for the eye: a row head without a name says nothing to a screen reader. */}
      <div aria-hidden="true" className="grid gap-4">
        <div className="flex flex-wrap gap-2">
          <Skeleton className="h-8 w-full sm:w-64" />
          <Skeleton className="h-8 w-24 rounded-full" />
          <Skeleton className="h-8 w-20 rounded-full" />
          <Skeleton className="h-8 w-32 rounded-full" />
        </div>
        <DataTable
          caption="Connections"
          rows={rows}
          rowKey={String}
          columns={Object.values(connectionColumns).map((column, index) => ({
            ...column,
            cell: () => (
              <span className={index === 0 ? 'grid min-h-10 content-center gap-1.5' : 'block'}>
                <Skeleton className={widths[index] ?? 'w-20'} />
                {index === 0 ? <Skeleton className="h-3 w-24" /> : null}
              </span>
            ),
          }))}
        />
      </div>
    </div>
  )
}
