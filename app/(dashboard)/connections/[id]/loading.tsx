import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'

const lines = ['w-64', 'w-48', 'w-56', 'w-40', 'w-60', 'w-44']

/** A tab on its way: header, tabs and facts stand already. */
export default function Loading() {
  return (
    <div role="status" className="grid gap-6">
      <span className="sr-only">Loading</span>
      {['first', 'second'].map((card) => (
        <Card key={card}>
          <Skeleton className="mb-5 h-5 w-32" />
          <div className="grid gap-3.5">
            {lines.map((width) => (
              <div key={width} className="grid gap-4 sm:grid-cols-[11rem_1fr]">
                <Skeleton className="w-28" />
                <Skeleton className={width} />
              </div>
            ))}
          </div>
        </Card>
      ))}
    </div>
  )
}
