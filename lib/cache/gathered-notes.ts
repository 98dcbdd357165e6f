export type GatheredNotes<Note> = {
  /** Costs no write: it joins what is known of `key` until that is written. */
  note(key: string, note: Note): void
  /** Writes all that is gathered. What fails is kept for the next time. */
  flush(): Promise<void>
  /** Writes a last time. */
  close(): Promise<void>
}

export type GatheredNotesOptions<Note> = {
  /** Writes in one statement; after a failure it is called again with the same notes. */
  write(notes: ReadonlyMap<string, Note>): Promise<void>
  /** What is known of a key when `later` joins `earlier`, which it may change. */
  join(earlier: Note, later: Note): Note
  everyMs: number
  /** Notes of one statement at most; the rest follows with the next ones. */
  sizeMax: number
  onError(error: unknown): void
  /** Keys held at most while nothing can be written; further ones are dropped. */
  heldMax?: number
}

/**
 * Gathers small facts in memory and writes them in batches: one statement of at most `sizeMax` notes every `everyMs`, so that the load
 * on the database is bounded however much there is to note. A process that is killed loses what it gathered.
 */
export function createGatheredNotes<Note>({
  write,
  join,
  everyMs,
  sizeMax,
  onError,
  heldMax = 200_000,
}: GatheredNotesOptions<Note>): GatheredNotes<Note> {
  const held = new Map<string, Note>()
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<boolean> = Promise.resolve(true)
  let closed = false

  function plan(): void {
    if (timer || closed || held.size === 0) return
    timer = setTimeout(() => {
      timer = null
      void writeSome().then(plan)
    }, everyMs)
    timer.unref()
  }

  function hold(key: string, note: Note, earlier: boolean): void {
    const known = held.get(key)
    if (known === undefined) {
      if (held.size < heldMax) held.set(key, note)
      return
    }
    const joined = earlier ? join(note, known) : join(known, note)
    if (joined !== known) held.set(key, joined)
  }

  /** One statement after the other. @returns whether it was written */
  function writeSome(): Promise<boolean> {
    writing = writing.then(async () => {
      const some = new Map<string, Note>()
      for (const [key, note] of held) {
        if (some.size === sizeMax) break
        some.set(key, note)
        held.delete(key)
      }
      if (some.size === 0) return true
      try {
        await write(some)
        return true
      } catch (error) {
        onError(error)
        for (const [key, note] of some) hold(key, note, true)
        return false
      }
    })
    return writing
  }

  /** What is held now; what is noted meanwhile waits for its time. */
  async function flush(): Promise<void> {
    let left = held.size
    do {
      if (!(await writeSome())) return
      left -= sizeMax
    } while (left > 0)
  }

  return {
    note(key, note) {
      hold(key, note, false)
      plan()
    },
    flush,
    async close() {
      closed = true
      if (timer) clearTimeout(timer)
      await flush()
    },
  }
}
