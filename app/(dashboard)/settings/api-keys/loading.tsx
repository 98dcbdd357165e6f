import { Skeleton, TableSkeleton } from '@/components/ui/skeleton'

export default function Loading() {
  return (
    <>
      <div className="mb-6 grid grid-cols-[minmax(0,1fr)] gap-2">
        <Skeleton className="w-20" />
        <Skeleton className="h-7 w-40" />
        <Skeleton className="w-96 max-w-full" />
      </div>
      <TableSkeleton rows={4} columns={6} />
    </>
  )
}
