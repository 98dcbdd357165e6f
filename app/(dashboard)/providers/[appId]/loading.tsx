import { Skeleton } from '@/components/ui/skeleton'

const cards = ['h-44', 'h-56', 'h-64', 'h-96']

export default function Loading() {
  return (
    <>
      <div className="mb-6 grid grid-cols-[minmax(0,1fr)] gap-2">
        <Skeleton className="w-24" />
        <Skeleton className="h-8 w-64 max-w-full" />
        <Skeleton className="w-80 max-w-full" />
      </div>
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
