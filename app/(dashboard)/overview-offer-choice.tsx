import { clsx } from 'clsx'
import Link from 'next/link'
import { EnvironmentTag } from '@/components/data/environment-tag'
import { Badge } from '@/components/ui/badge'
import type { ConnectOffer } from '@/lib/server'
import { wayWords } from './overview-offer-words'

/** One app and grant to choose; an incomplete one is shown switched off, with why and the way to its page. */
export function OfferChoice({
  offer,
  group,
  checked,
  onChoose,
}: {
  offer: ConnectOffer
  group: string
  checked: boolean
  onChoose: () => void
}) {
  const usable = offer.why === null
  return (
    <div
      className={clsx(
        'rounded-lg border px-3 py-2.5',
        checked ? 'border-accent bg-accent-soft' : 'border-line',
        usable && !checked && 'hover:bg-hover',
      )}
    >
      <label className={clsx('flex items-start gap-2.5', !usable && 'opacity-60')}>
        <input
          type="radio"
          data-first-focus={checked ? true : undefined}
          name={group}
          checked={checked}
          disabled={!usable}
          onChange={onChoose}
          className="mt-1 size-4 shrink-0 accent-accent"
        />
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-2">
            <span className="font-medium">{offer.appName}</span>
            <EnvironmentTag environment={offer.environment} />
            {offer.isSandbox && offer.environment !== 'sandbox' ? <Badge tone="info">Sandbox</Badge> : null}
          </span>
          <span className="block text-ink-muted text-sm">{wayWords(offer)}</span>
        </span>
      </label>
      {usable ? null : (
        <p className="mt-1 pl-6.5 text-sm">
          {offer.why}{' '}
          <Link
            href={`/providers/${offer.appId}`}
            className="rounded-sm text-accent underline-offset-4 hover:underline"
          >
            Complete the app
          </Link>
        </p>
      )}
    </div>
  )
}
