'use client'

import type { Tone } from '../ui/badge'
import { Badge } from '../ui/badge'
import { Meter } from '../ui/meter'
import { useTicking } from './clock-provider'
import { groupDigits, type RateState, type RateView, rateState } from './rate-reading'
import { clockWords } from './time-words'
import { RelativeTime } from './timestamp'

const tones: Record<RateState, Tone> = {
  not_reported: 'neutral',
  not_published: 'neutral',
  not_entered: 'neutral',
  at_limit: 'danger',
  near_limit: 'warn',
  ok: 'info',
}

/**
 * One rate-limit window: used of limit, when it resets, and how we know. What is not known is said in words: "Not reported", "Not
 * published", "Not entered". `compact` leaves out the line below the bar, for table cells.
 */
export function RateMeter({
  view,
  name,
  compact = false,
}: {
  view: RateView
  name: string
  compact?: boolean
}) {
  const state = useTicking((nowMs) => rateState(view, nowMs))
  const resets = useTicking((nowMs) => {
    const left = view.resetsAt ? view.resetsAt.getTime() - nowMs : null
    if (left === null) return ''
    return left > 0 ? `resets in ${clockWords(left)}` : 'has been reset since'
  })

  if (state === 'not_published' || state === 'not_entered') {
    return (
      <div className="text-ink-muted">
        <p>{state === 'not_published' ? 'Not published' : 'Not entered'}</p>
        {view.used === null ? null : (
          <p className="text-sm tabular-nums">
            {groupDigits(view.used)} {view.used === 1 ? 'call' : 'calls'}
            {compact ? null : ' through Patchbay'}
          </p>
        )}
      </div>
    )
  }
  if (state === 'not_reported' || view.limit === null || view.used === null) {
    return <p className="text-ink-muted">Not reported</p>
  }

  const figures = `${groupDigits(view.used)} of ${groupDigits(view.limit)} used`
  return (
    <div className="grid min-w-36 gap-1">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span className="tabular-nums">
          <span className="font-medium">{groupDigits(view.used)}</span>
          <span className="text-ink-muted"> / {groupDigits(view.limit)}</span>
        </span>
        <span className="flex items-center gap-1.5">
          {state === 'at_limit' ? <Badge tone="danger">At limit</Badge> : null}
          {view.stale ? <Badge>Stale</Badge> : null}
        </span>
      </div>
      <Meter
        value={view.used}
        max={view.limit}
        label={`Rate limit of ${name}`}
        valueText={`${figures}${state === 'at_limit' ? ', at limit' : ''}${view.stale ? ', stale' : ''}`}
        tone={view.stale ? 'neutral' : tones[state]}
      />
      {compact ? null : (
        <p className="text-ink-muted text-sm tabular-nums">
          {resets}
          {resets ? ' · ' : null}
          {view.source === 'own_count' ? 'calls through Patchbay' : 'as the provider reports'}
          {view.asOf ? (
            <>
              , <RelativeTime at={view.asOf} />
            </>
          ) : null}
        </p>
      )}
    </div>
  )
}
