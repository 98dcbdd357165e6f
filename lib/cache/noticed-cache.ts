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
  /** Keys of the entries that news of an id changes. */
  const keysOf = new Map<string, Set<string>>()
  const reading = new Map<string, { value: Promise<Value | null>; heard: ReadonlySet<string> }>()
  /** Of each reading under way, the ids whose news came meanwhile: what it finds may be older. */
  const hearing = new Set<Set<string>>()

  const end = events.subscribe(({ topic, id }) => {
    if (id !== gap && !topics.includes(topic)) return
    for (const heard of hearing) heard.add(id)
    if (id === gap) kept.clear()
    else for (const key of [...(keysOf.get(id) ?? [])]) kept.delete(key)
  })

  function keep(key: string, value: Value, atMs: number): void {
    kept.set(key, { value, atMs })
    for (const id of idsOf(value, key)) keysOf.set(id, (keysOf.get(id) ?? new Set()).add(key))
  }

  function forget(key: string, value: Value): void {
    for (const id of idsOf(value, key)) {
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

  async function load(key: string, read: () => Promise<Value | null>, heard: Set<string>) {
    const atMs = monotonicMs()
    hearing.add(heard)
    try {
      const value = await read()
      const isOld = value && (heard.has(gap) || idsOf(value, key).some((id) => heard.has(id)))
      if (value && !isOld) keep(key, value, atMs)
      return value
    } finally {
      hearing.delete(heard)
    }
  }

  return {
    peek,
    drop: (key) => void kept.delete(key),
    async get(key, read) {
      const known = peek(key)
      if (known) return known
      const running = reading.get(key)
      // What began before some news may have read what was true before it.
      if (running?.heard.size === 0) return running.value
      const heard = new Set<string>()
      const own = { value: load(key, read, heard), heard }
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
