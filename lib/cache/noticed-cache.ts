import { LRUCache } from 'lru-cache'
import type { LiveEvent } from '../core/live-event'
import type { EventBus } from '../deps'

/** How long an entry is believed while no news can arrive. */
const deafMs = 1_000
/** And while it can, where nothing else is said: a connection that was cut without a word is found out late. */
const hearingMs = 60_000
/** Some news was lost. */
const gap = '*'

export type NoticedCache<Value extends object> = {
  /** What is kept of `key`, else what `read` finds; a `null` is not kept. Callers at the same time share one reading. */
  get(key: string, read: () => Promise<Value | null>): Promise<Value | null>
  /** What is kept of `key` and may be believed now. */
  peek(key: string): Value | undefined
  /** What is kept of `key` is known to be wrong. */
  drop(key: string): void
  close(): void
}

export type NoticedCacheOptions<Value> = {
  events: Pick<EventBus, 'subscribe' | 'isListening'>
  /** News that changes entries. */
  topics: readonly LiveEvent['topic'][]
  entriesMax: number
  /** The ids whose news changes this entry. */
  idsOf(value: Value, key: string): readonly string[]
  /** How long an entry is believed without news, in milliseconds; a minute when left out. */
  believedMs?: number
  /** Milliseconds that only go forward. */
  monotonicMs?: () => number
}

/**
 * A bounded cache of rows that another process may change: news (LISTEN) removes what it concerns, at a cost that does not grow with the
 * cache. While no news can arrive an entry is believed for a second at most, and none when news arrives again. No entry is believed
 * for longer than `believedMs`. A row whose news comes while it is read is not kept, and nobody who asks afterwards gets that reading.
 */
export function createNoticedCache<Value extends object>({
  events,
  topics,
  entriesMax,
  idsOf,
  believedMs = hearingMs,
  monotonicMs = () => performance.now(),
}: NoticedCacheOptions<Value>): NoticedCache<Value> {
  const kept = new LRUCache<string, { value: Value; atMs: number }>({
    max: entriesMax,
    dispose: ({ value }, key) => forget(key, value),
  })
  // Readings stay when they are over: entered and left thousands of times a second, a map keeps its garbage alive (`createRoster`).
  const readings = new LRUCache<string, Reading<Value>>({ max: entriesMax })
  /** Keys of the entries that news of another id than their own key changes. */
  const keysOf = new Map<string, Set<string>>()
  const news = createRecentNews()

  const end = events.subscribe(({ topic, id }) => {
    if (id !== gap && !topics.includes(topic)) return
    news.add(id)
    if (id === gap) return kept.clear()
    kept.delete(id)
    for (const key of [...(keysOf.get(id) ?? [])]) kept.delete(key)
  })

  function othersOf(key: string, value: Value): readonly string[] {
    return idsOf(value, key).filter((id) => id !== key)
  }

  function keep(key: string, value: Value, atMs: number): void {
    kept.set(key, { value, atMs })
    for (const id of othersOf(key, value)) keysOf.set(id, (keysOf.get(id) ?? new Set()).add(key))
  }

  function forget(key: string, value: Value): void {
    for (const id of othersOf(key, value)) {
      const keys = keysOf.get(id)
      keys?.delete(key)
      if (keys?.size === 0) keysOf.delete(id)
    }
  }

  function peek(key: string): Value | undefined {
    const entry = kept.get(key)
    if (!entry) return undefined
    const sinceMs = monotonicMs() - entry.atMs
    return sinceMs < (events.isListening() ? believedMs : deafMs) ? entry.value : undefined
  }

  async function load(key: string, read: () => Promise<Value | null>, since: number) {
    const atMs = monotonicMs()
    const value = await read()
    if (value && !news.changed(idsOf(value, key), since)) keep(key, value, atMs)
    return value
  }

  return {
    peek,
    drop: (key) => void kept.delete(key),
    async get(key, read) {
      const known = peek(key)
      if (known) return known
      const running = readings.get(key)
      // What began before some news may have read what was true before it.
      if (running?.value && running.since === news.count) return running.value
      const value = load(key, read, news.count)
      const own: Reading<Value> = { value, since: news.count }
      readings.set(key, own)
      return value.finally(() => {
        own.value = null
      })
    },
    close() {
      end()
      kept.clear()
      readings.clear()
    },
  }
}

/** `value`: `null` when it is over. `since`: how much news had come when it began. */
type Reading<Value> = { value: Promise<Value | null> | null; since: number }

const remembered = 1_000

/** The ids of the last news, numbered. */
function createRecentNews() {
  const ring: string[] = []
  let count = 0
  return {
    get count() {
      return count
    },
    add(id: string): void {
      ring[count % remembered] = id
      count += 1
    },
    /** Whether news of one of the ids came since there were so many; also when that is not known any more. */
    changed(ids: readonly string[], since: number): boolean {
      if (count - since > remembered) return true
      for (let n = since; n < count; n += 1) {
        const id = ring[n % remembered]
        if (id === gap || (id !== undefined && ids.includes(id))) return true
      }
      return false
    },
  }
}
