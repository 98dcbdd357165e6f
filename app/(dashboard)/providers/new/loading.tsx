import { Skeleton } from '@/components/ui/skeleton'

export default function Loading() {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <Skeleton className="h-8 w-64 max-w-full" />
      <Skeleton className="h-80 w-full max-w-2xl" />
    </div>
  )
}
