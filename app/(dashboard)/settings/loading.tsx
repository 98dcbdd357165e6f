import { HeaderSkeleton, TableSkeleton } from '@/components/ui/skeleton'

export default function Loading() {
  return (
    <>
      <HeaderSkeleton title="h-7 w-28" line="w-96" />
      <div className="grid gap-6">
        <TableSkeleton rows={3} columns={6} />
        <TableSkeleton rows={2} columns={5} />
      </div>
    </>
  )
}
