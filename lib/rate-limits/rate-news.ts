import type { EventBus } from '../deps'

const everyMs = 2_000
/** Events of one turn: a thousand connections that are renewed at once move few open pages. */
const turnMax = 50
const waitingMax = 1_000

/** Tells open pages that the figures of buckets have changed. */
export type RateNews = { changed(bucket: string): void; close(): Promise<void> }

/** @returns what tells of each bucket at most once in two seconds */
export function createRateNews(events: Pick<EventBus, 'publish'>): RateNews {
  const waiting = new Set<string>()
  let timer: NodeJS.Timeout | null = null

  function tell(): void {
    timer = null
    for (const bucket of [...waiting].slice(0, turnMax)) {
      waiting.delete(bucket)
      void events.publish({ topic: 'rate', id: bucket })
    }
    plan()
  }

  function plan(): void {
    if (timer || waiting.size === 0) return
    timer = setTimeout(tell, everyMs)
    timer.unref()
  }

  return {
    changed(bucket) {
      if (waiting.size < waitingMax) waiting.add(bucket)
      plan()
    },
    async close() {
      waiting.clear()
      if (timer) clearTimeout(timer)
    },
  }
}
