import { Skeleton, TableSkeleton } from '@/components/ui/skeleton'

export default function Loading() {
  return (
    <>
      <div className="mb-6 grid grid-cols-[minmax(0,1fr)] gap-2">
        <Skeleton className="h-7 w-28" />
        <Skeleton className="w-96 max-w-full" />
      </div>
      <div className="grid gap-6">
        <TableSkeleton rows={3} columns={6} />
        <TableSkeleton rows={2} columns={5} />
      </div>
    </>
  )
}
