'use client'

import { useState } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import type { ConnectOffer } from '@/lib/server'

/** The scopes to ask for: all are ticked, and some may be left out before leaving. */
export function OfferScopes({ offer, startsOpen = false }: { offer: ConnectOffer; startsOpen?: boolean }) {
  const [unticked, setUnticked] = useState<ReadonlySet<string>>(new Set())
  if (offer.scopes.length === 0) return null
  const total = offer.scopes.length + offer.always.length
  const asked = total - unticked.size
  const flip = (scope: string) => {
    const next = new Set(unticked)
    if (!next.delete(scope)) next.add(scope)
    setUnticked(next)
  }
  return (
    <details open={startsOpen || undefined} className="rounded-lg border border-line">
      <summary className="cursor-pointer px-3 py-2 font-medium">
        Scopes{' '}
        <span className="font-normal text-ink-muted tabular-nums">
          {asked === total ? `all ${total}` : `${asked} of ${total}`}
        </span>
      </summary>
      <div className="max-h-60 overflow-y-auto border-line border-t px-3 py-2">
        {/* Says that scopes were offered, so that all unticked means none. */}
        <input type="hidden" name="scope" value="" />
        {offer.always.map((scope) => (
          <Checkbox
            key={scope}
            label={<code className="font-mono text-sm">{scope}</code>}
            hint="Always asked for: without it there is no refresh token."
            defaultChecked
            disabled
          />
        ))}
        {offer.scopes.map((scope) => (
          <Checkbox
            key={scope}
            name="scope"
            value={scope}
            label={<code className="font-mono text-sm">{scope}</code>}
            checked={!unticked.has(scope)}
            onChange={() => flip(scope)}
          />
        ))}
      </div>
    </details>
  )
}
