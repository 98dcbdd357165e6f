import { clsx } from 'clsx'
import type { ReactNode } from 'react'

export type KeyValue = { name: string; value: ReactNode; hint?: ReactNode }

/** Facts as name and value. `stacked` puts the value below its name: for narrow side columns. */
export function KeyValueList({ items, stacked = false }: { items: readonly KeyValue[]; stacked?: boolean }) {
  return (
    <dl className={clsx('grid', stacked ? 'gap-3' : 'gap-y-2.5')}>
      {items.map((item) => (
        <div
          key={item.name}
          className={clsx('min-w-0', !stacked && 'sm:grid sm:grid-cols-[11rem_1fr] sm:gap-4')}
        >
          <dt className={clsx('text-ink-muted', stacked && 'text-sm')}>{item.name}</dt>
          <dd className="min-w-0 break-words">
            {item.value}
            {item.hint ? <div className="text-ink-muted text-sm">{item.hint}</div> : null}
          </dd>
        </div>
      ))}
    </dl>
  )
}
