import { HeaderSkeleton, TableSkeleton } from '@/components/ui/skeleton'

export default function Loading() {
  return (
    <>
      <HeaderSkeleton crumb="w-20" title="h-7 w-40" line="w-96" />
      <div className="grid gap-6">
        <TableSkeleton rows={2} columns={5} />
        <TableSkeleton rows={6} columns={5} />
      </div>
    </>
  )
}
