import { HeaderSkeleton, Skeleton } from '@/components/ui/skeleton'

const cards = ['h-44', 'h-56', 'h-64', 'h-96']

export default function Loading() {
  return (
    <>
      <HeaderSkeleton crumb="w-24" title="h-8 w-64" line="w-80" />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid gap-6">
          {cards.map((height) => (
            <Skeleton key={height} className={`${height} w-full`} />
          ))}
        </div>
        <div className="grid gap-6">
          <Skeleton className="h-32 w-full" />
          <Skeleton className="h-40 w-full" />
        </div>
      </div>
    </>
  )
}
