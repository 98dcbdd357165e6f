import { clsx } from 'clsx'
import { type ProviderId, providerNames } from '@/lib/core/provider'

/** Signs of our own, not the companies' logos: steps outward, a folded note, a standing stone. */
const signs: Record<ProviderId, { path: string; fill: string }> = {
  outreach: { path: 'M5 11.5a3.5 3.5 0 1 1 6 0M8 8v.01M2.8 12.6a6.2 6.2 0 1 1 10.4 0', fill: 'bg-[#5a4be0]' },
  envoy: { path: 'M2.8 4.8h10.4v6.9H2.8zM3 5l5 3.9L13 5', fill: 'bg-[#c9372c]' },
  outstand: { path: 'M8 2.8v7.4M5 6l3-3.2L11 6M3 13.2h10', fill: 'bg-[#0d7a6f]' },
}

/** The provider's sign; with its name beside it, unless `bare`. */
export function ProviderMark({
  provider,
  size = 'sm',
  bare = false,
  className,
}: {
  provider: ProviderId
  size?: 'sm' | 'lg'
  /** Only the sign, where the name stands beside it anyway. */
  bare?: boolean
  className?: string
}) {
  const sign = signs[provider]
  return (
    <span className={clsx('inline-flex items-center gap-2', className)}>
      <span
        aria-hidden="true"
        className={clsx(
          'inline-flex shrink-0 items-center justify-center text-white',
          size === 'sm' ? 'size-5 rounded-[5px]' : 'size-9 rounded-lg',
          sign.fill,
        )}
      >
        <svg
          viewBox="0 0 16 16"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinecap="round"
          strokeLinejoin="round"
          className={size === 'sm' ? 'size-3.5' : 'size-6'}
        >
          <title>{providerNames[provider]}</title>
          <path d={sign.path} />
        </svg>
      </span>
      {bare ? null : <span>{providerNames[provider]}</span>}
    </span>
  )
}
