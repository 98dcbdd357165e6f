import { clsx } from 'clsx'

/** The product's sign, a cord between two jacks, and its name. */
export function ProductName({ className }: { className?: string }) {
  return (
    <span className={clsx('inline-flex items-center gap-2 font-semibold tracking-tight', className)}>
      <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className="size-6 shrink-0">
        <rect width="24" height="24" rx="6" className="fill-solid" />
        <g className="stroke-ink-inverse" strokeWidth="1.75" strokeLinecap="round">
          <circle cx="7.5" cy="8" r="2.1" />
          <circle cx="16.5" cy="16" r="2.1" />
          <path d="M7.5 10.1v2.4c0 4.6 9 1.6 9 -2.6V6.5" />
        </g>
      </svg>
      Patchbay
    </span>
  )
}
