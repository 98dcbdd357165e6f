import { clsx } from 'clsx'
import { Check, ChevronDown, Plus, X } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Popover } from '../ui/popover'

export type FilterOption = {
  value: string
  label: ReactNode
  href: string
  selected: boolean
  count?: number
}

/**
 * A filter as a chip: empty it shows a plus, active its value and a cross that clears it. Options are links, so a filter is a URL. `value`
 * is what is chosen now, in words; `null` for none.
 */
export function FilterChip({
  label,
  value,
  options,
  clearHref,
}: {
  label: string
  value: string | null
  options: readonly FilterOption[]
  clearHref: string
}) {
  const active = value !== null
  return (
    <span
      className={clsx(
        'inline-flex h-8 items-stretch rounded-full border text-sm',
        active ? 'border-line-strong bg-surface shadow-card' : 'border-field border-dashed',
      )}
    >
      <Popover
        triggerClassName={clsx(
          'inline-flex items-center gap-1.5 rounded-full pl-2.5 text-ink-muted hover:text-ink [&_svg]:size-3.5',
          active ? 'pr-1.5' : 'pr-3',
        )}
        trigger={
          <>
            {active ? null : <Plus aria-hidden="true" />}
            {label}
            {active ? (
              <>
                <span aria-hidden="true" className="h-3.5 border-line-strong border-l" />
                <span className="font-medium text-ink">{value}</span>
                <ChevronDown aria-hidden="true" />
              </>
            ) : null}
          </>
        }
        className="min-w-48"
      >
        <ul aria-label={`${label}: choices`}>
          {options.map((option) => (
            <li key={option.value}>
              <Link
                href={option.href}
                scroll={false}
                aria-current={option.selected ? 'true' : undefined}
                className="flex items-center gap-2 rounded-md px-2 py-1.5 hover:bg-hover"
              >
                <Check
                  aria-hidden="true"
                  className={clsx('size-4 shrink-0', !option.selected && 'invisible')}
                />
                <span className="min-w-0 flex-1">{option.label}</span>
                {option.count === undefined ? null : (
                  <span className="text-ink-faint text-sm tabular-nums">{option.count}</span>
                )}
              </Link>
            </li>
          ))}
        </ul>
      </Popover>
      {active ? (
        <Link
          href={clearHref}
          scroll={false}
          aria-label={`Clear the filter ${label}`}
          className="inline-flex items-center rounded-full pr-2.5 pl-1 text-ink-faint hover:text-ink"
        >
          <X aria-hidden="true" className="size-3.5" />
        </Link>
      ) : null}
    </span>
  )
}

/** The chips in a row, with "Clear all" when any is set. */
export function FilterBar({
  children,
  clearAllHref,
  anyActive,
}: {
  children: ReactNode
  clearAllHref: string
  anyActive: boolean
}) {
  return (
    <search className="flex flex-wrap items-center gap-2">
      {children}
      {anyActive ? (
        <Link
          href={clearAllHref}
          scroll={false}
          className="rounded-sm px-1 text-accent text-sm underline-offset-4 hover:underline"
        >
          Clear all
        </Link>
      ) : null}
    </search>
  )
}
