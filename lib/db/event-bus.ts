import { Client } from 'pg'
import { type LiveEvent, liveEventSchema } from '../core/live-event'
import { createMicroBatch } from './micro-batch'
import type { Pool } from './pool'

export const liveChannel = 'patchbay_live'
const reconnectAfterMs = 1_000
/**
 * A connection that was cut without a word hears nothing and says nothing: it is asked this often, not trusted after so long without an
 * answer, and given up after this.
 */
const usualWatch = { everyMs: 1_000, deafAfterMs: 3_000, patienceMs: 10_000 }

type Listener = (event: LiveEvent) => void
type Heard = { atMs: number; event: LiveEvent }

/** Events are kept this long, this many at most, for a page that was read before its stream was open. */
const keptMs = 60_000
const keptMax = 1_000
/** The clocks of two processes differ by less. */
const slackMs = 500
const anything: LiveEvent = { topic: 'connection', id: '*' }

export type EventBusOptions = {
  pool: Pool
  /** LISTEN holds a connection of its own. */
  url: string
  /** Epoch milliseconds. */
  now(): number
  onError(error: unknown): void
  /** How the connection is watched, in milliseconds. */
  watch?: typeof usualWatch
}

/**
 * Live events through Postgres NOTIFY, so that a page served by one process hears of a change made by another. A lost
 * connection is made again; what happened meanwhile is announced as one event with the id `*`.
 */
export function createEventBus({
  pool,
  url,
  now,
  onError,
  watch: { everyMs, deafAfterMs, patienceMs } = usualWatch,
}: EventBusOptions) {
  const listeners = new Set<Listener>()
  let kept: Heard[] = []
  /** Of what was heard before this, not everything is kept. */
  let keptFromMs = now()
  let client: Client | null = null
  /** What was said before this was heard, on the clock that only goes forward: an answer comes after the news before it. */
  let heardAtMs = 0
  let timer: NodeJS.Timeout | null = null
  let closed = false
  // Commits that notify wait for each other in PostgreSQL: a thousand rotations a second notify in a few commits.
  const notify = createMicroBatch<LiveEvent, null>({
    run: async (batch) => {
      const payloads = [...new Set(batch.map((event) => JSON.stringify(event)))]
      await pool.query('SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload', [
        liveChannel,
        payloads,
      ])
      return batch.map(() => null)
    },
    sizeMax: 200,
  })

  function hand(event: LiveEvent): void {
    keep(event)
    for (const listener of listeners) tell(listener, event)
  }

  function tell(listener: Listener, event: LiveEvent): void {
    try {
      listener(event)
    } catch (error) {
      onError(error)
    }
  }

  function keep(event: LiveEvent): void {
    const atMs = now()
    kept.push({ atMs, event })
    if (kept.length < 2 * keptMax && atMs - (kept[0]?.atMs ?? atMs) < 2 * keptMs) return
    kept = kept.slice(-keptMax).filter((one) => atMs - one.atMs < keptMs)
    keptFromMs = kept[0]?.atMs ?? atMs
  }

  async function listen(announceGap: boolean): Promise<void> {
    const next = new Client({
      connectionString: url,
      application_name: 'patchbay live events',
      // A connection that was dropped without a word would stay deaf for ever.
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      connectionTimeoutMillis: 5_000,
      query_timeout: patienceMs,
    })
    next.on('notification', ({ payload }) => {
      const event = parseEvent(payload)
      if (event) hand(event)
    })
    next.on('error', onError)
    next.once('end', () => {
      if (client !== next) return
      client = null
      listenAgain()
    })
    try {
      await next.connect()
      await ask(next, `LISTEN ${liveChannel}`)
    } catch (error) {
      await next.end().catch(onError)
      throw error
    }
    if (closed) return next.end()
    client = next
    watch(next)
    if (announceGap) hand(anything)
  }

  async function ask(listening: Client, question: string): Promise<void> {
    const askedAtMs = performance.now()
    await listening.query(question)
    heardAtMs = askedAtMs
  }

  function watch(listening: Client): void {
    const timer = setTimeout(async () => {
      if (closed || client !== listening) return
      try {
        await ask(listening, 'SELECT 1')
        if (client === listening) watch(listening)
      } catch (error) {
        if (closed || client !== listening) return
        onError(error)
        // Nobody is told of the end of a connection whose other side is gone.
        client = null
        listening.end().catch(onError)
        listenAgain()
      }
    }, everyMs)
    timer.unref()
  }

  function listenAgain(): void {
    if (closed || timer) return
    timer = setTimeout(() => {
      timer = null
      listen(true).catch((error) => {
        onError(error)
        listenAgain()
      })
    }, reconnectAfterMs)
    timer.unref()
  }

  return {
    /** Begins to listen; until then events of other processes are not heard. */
    start: () => listen(false),
    async publish(event: LiveEvent): Promise<void> {
      await notify(event).catch(onError)
    },
    subscribe(listener: Listener, sinceMs?: number): () => void {
      listeners.add(listener)
      if (sinceMs !== undefined) {
        const again = kept.filter(({ atMs }) => atMs >= sinceMs - slackMs).map(({ event }) => event)
        for (const event of sinceMs < keptFromMs ? [anything] : again) tell(listener, event)
      }
      return () => listeners.delete(listener)
    },
    isListening: () => client !== null && performance.now() - heardAtMs < deafAfterMs,
    async close(): Promise<void> {
      closed = true
      if (timer) clearTimeout(timer)
      await client?.end()
    },
  }
}

function parseEvent(payload: string | undefined): LiveEvent | null {
  try {
    const parsed = liveEventSchema.safeParse(JSON.parse(payload ?? ''))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
