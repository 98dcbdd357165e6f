import { LRUCache } from 'lru-cache'
import type { LiveEvent } from '../core/live-event'
import type { EventBus } from '../deps'

/** How long an entry is believed while no news can arrive. */
const deafMs = 1_000
/** And while it can: a connection that was cut without a word is found out late. */
const hearingMs = 60_000

export type NoticedCache<Value extends object> = {
  /** What is kept of `key`, else what `read` finds; a `null` is not kept. Callers at the same time share one reading. */
  get(key: string, read: () => Promise<Value | null>): Promise<Value | null>
  /** What is kept of `key` and may be believed now. */
  peek(key: string): Value | undefined
  close(): void
}

export type NoticedCacheOptions<Value> = {
  events: Pick<EventBus, 'subscribe' | 'isListening'>
  /** News that changes entries. */
  topics: readonly LiveEvent['topic'][]
  entriesMax: number
  /** Whether news of `id` changes this entry. */
  concerns(value: Value, key: string, id: string): boolean
  /** Milliseconds that only go forward. */
  monotonicMs?: () => number
}

/**
 * A bounded cache of rows that another process may change: news (LISTEN) removes what it concerns. While no news can arrive an entry
 * is believed for a second at most, and none when news arrives again. No entry is believed for more than a minute.
 * A row that is being read when news comes is not kept, and nobody who asks afterwards gets that reading.
 */
export function createNoticedCache<Value extends object>({
  events,
  topics,
  entriesMax,
  concerns,
  monotonicMs = () => performance.now(),
}: NoticedCacheOptions<Value>): NoticedCache<Value> {
  const kept = new LRUCache<string, { value: Value; atMs: number }>({ max: entriesMax })
  const reading = new Map<string, { value: Promise<Value | null>; since: number }>()
  /** Grows with each piece of news: what was read across one may be older than it. */
  let newsCount = 0

  const end = events.subscribe(({ topic, id }) => {
    if (id !== '*' && !topics.includes(topic)) return
    newsCount += 1
    if (id === '*') return kept.clear()
    for (const [key, { value }] of kept.entries()) if (concerns(value, key, id)) kept.delete(key)
  })

  function peek(key: string): Value | undefined {
    const entry = kept.get(key)
    if (!entry) return undefined
    const believedMs = events.isListening() ? hearingMs : deafMs
    return monotonicMs() - entry.atMs < believedMs ? entry.value : undefined
  }

  async function load(key: string, read: () => Promise<Value | null>): Promise<Value | null> {
    const before = newsCount
    const atMs = monotonicMs()
    const value = await read()
    if (value && before === newsCount) kept.set(key, { value, atMs })
    return value
  }

  return {
    peek,
    async get(key, read) {
      const known = peek(key)
      if (known) return known
      const running = reading.get(key)
      // What began before the newest news may have read what was true before it.
      if (running?.since === newsCount) return running.value
      const own = { value: load(key, read), since: newsCount }
      reading.set(key, own)
      return own.value.finally(() => {
        if (reading.get(key) === own) reading.delete(key)
      })
    },
    close() {
      end()
      kept.clear()
    },
  }
}
