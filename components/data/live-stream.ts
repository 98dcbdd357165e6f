import type { LiveEvent } from '@/lib/core/live-event'

/*
 * The one event stream of a page, however many of its parts listen: a browser opens six connections to a server at most, over
 * all its tabs. Events that come close together make one reading of the page, since a reading is always of the whole page.
 */

type HeardEvent = { topic: string; id: string }
type Listener = { topics: ReadonlySet<string>; ids: ReadonlySet<string> | null; refresh(): void }

const quietMs = 300
/** What was heard so lately may have come after a new part of the page was read, and before it listened. */
const latelyMs = 3_000
const waitMaxMs = 2_000

const listeners = new Set<Listener>()
let stream: EventSource | null = null
let timer: ReturnType<typeof setTimeout> | undefined
let waitingSince: number | null = null
let missed = false
let lately: { event: HeardEvent; at: number }[] = []

function refresh(): void {
  waitingSince = null
  const [any] = listeners
  any?.refresh()
}

function plan(at: number): void {
  waitingSince ??= at
  clearTimeout(timer)
  timer = setTimeout(refresh, Math.max(0, Math.min(quietMs, waitingSince + waitMaxMs - at)))
}

function heard(message: MessageEvent<string>): void {
  const event = readEvent(message.data)
  if (!event) return
  const at = message.timeStamp
  lately = [...lately.filter((one) => at - one.at < latelyMs), { event, at }].slice(-100)
  if ([...listeners].some((listener) => isWanted(event, listener))) plan(at)
}

function isWanted({ topic, id }: HeardEvent, { topics, ids }: Listener): boolean {
  // `*`: the server missed events for a while, so anything may have changed.
  return id === '*' || (topics.has(topic) && (!ids || ids.has(id)))
}

function open(): void {
  // What happens between the reading of the page and this moment is told first.
  const readAt = document.querySelector<HTMLElement>('[data-read-at]')?.dataset.readAt
  stream = new EventSource(readAt ? `/api/events?since=${readAt}` : '/api/events')
  stream.onmessage = heard
  stream.onerror = () => {
    missed = true
  }
  stream.onopen = () => {
    // Whatever happened while nobody listened is caught by one reading.
    if (missed) refresh()
    missed = false
  }
}

function close(): void {
  stream?.close()
  stream = null
}

/** A hidden tab holds no stream; on its return it reads the page once and listens again. */
function turn(): void {
  if (document.visibilityState === 'hidden') {
    close()
    missed = true
  } else if (!stream) open()
}

/**
 * Calls `refresh` soon after something of the topics changed.
 *
 * @param wanted.ids only changes of these records; `null` for all
 * @returns what ends the listening
 */
export function listenToLive(wanted: {
  topics: readonly LiveEvent['topic'][]
  ids: readonly string[] | null
  refresh(): void
}): () => void {
  const listener: Listener = {
    topics: new Set(wanted.topics),
    ids: wanted.ids && new Set(wanted.ids),
    refresh: wanted.refresh,
  }
  if (listeners.size === 0) document.addEventListener('visibilitychange', turn)
  listeners.add(listener)
  turn()
  const now = performance.now()
  if (lately.some(({ event, at }) => now - at < latelyMs && isWanted(event, listener))) plan(now)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    document.removeEventListener('visibilitychange', turn)
    clearTimeout(timer)
    waitingSince = null
    missed = false
    close()
  }
}

/** Our own server's words, so a plain look is enough; the schema would bring all of zod into the browser. */
function readEvent(text: string): HeardEvent | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('topic' in value) || !('id' in value)) return null
    return typeof value.topic === 'string' && typeof value.id === 'string'
      ? { topic: value.topic, id: value.id }
      : null
  } catch {
    return null
  }
}
