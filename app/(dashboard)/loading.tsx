import { Skeleton, TableSkeleton } from '@/components/ui/skeleton'

export default function Loading() {
  return (
    <>
      <div className="mb-6 grid grid-cols-[minmax(0,1fr)] gap-2">
        <Skeleton className="h-7 w-48" />
        <Skeleton className="w-80 max-w-full" />
      </div>
      <TableSkeleton />
    </>
  )
}
