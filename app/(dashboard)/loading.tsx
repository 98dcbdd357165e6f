import { HeaderSkeleton, TableSkeleton } from '@/components/ui/skeleton'

export default function Loading() {
  return (
    <>
      <HeaderSkeleton title="h-7 w-48" line="w-80" />
      <TableSkeleton />
    </>
  )
}
