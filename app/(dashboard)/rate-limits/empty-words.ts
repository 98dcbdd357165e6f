import { lengthWords } from '@/components/data/time-words'
import type { TimeToEmpty } from '@/lib/server'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** When a limit is used up at the current pace: `about 40 min`, `not at this pace`. */
export function emptyWords(empties: TimeToEmpty): string {
  switch (empties.kind) {
    case 'empties':
      return aboutWords(empties.ms)
    case 'not_at_this_pace':
      return 'not at this pace'
    case 'no_calls':
      return 'no calls lately'
    case 'at_limit':
      return 'at its limit now'
    case 'held':
      return 'held now'
    case 'not_known':
      return 'not known'
  }
}

/** No finer than a pace allows: tens of minutes beyond ten, hours beyond two. */
function aboutWords(ms: number): string {
  if (ms < minuteMs) return 'under a minute'
  if (ms < 10 * minuteMs) return `about ${lengthWords(ms)}`
  if (ms < 2 * hourMs) return `about ${Math.round(ms / (10 * minuteMs)) * 10} min`
  return `about ${lengthWords(ms)}`
}
