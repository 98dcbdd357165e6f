import { HeaderSkeleton, TableSkeleton } from '@/components/ui/skeleton'

export default function Loading() {
  return (
    <>
      <HeaderSkeleton crumb="w-20" title="h-7 w-40" line="w-96" />
      <TableSkeleton rows={4} columns={6} />
    </>
  )
}
