import { type BatchWriter, createBatchWriter } from './batch-writer'

export type GatheredNotes<Note> = Omit<BatchWriter, 'plan'> & {
  /** Costs no write: it joins what is known of `key` until that is written. */
  note(key: string, note: Note): void
}

export type GatheredNotesOptions<Note> = {
  /** Writes in one statement; after a failure it is called again with the same notes. */
  write(notes: ReadonlyMap<string, Note>): Promise<void>
  /** What is known of a key when `later` joins `earlier`, which it may change. */
  join(earlier: Note, later: Note): Note
  everyMs: number
  /** Notes of one statement at most; the rest follows with the next ones. */
  sizeMax: number
  /** From one statement to the next, at least. */
  pauseMs: number
  onError(error: unknown): void
  /** Keys held at most while nothing can be written; further ones are dropped. */
  heldMax?: number
}

/** Gathers small facts in memory and writes them in batches. A process that is killed loses what it gathered. */
export function createGatheredNotes<Note>({
  join,
  heldMax = 200_000,
  ...options
}: GatheredNotesOptions<Note>): GatheredNotes<Note> {
  const held = new Map<string, Note>()

  function hold(key: string, note: Note, earlier: boolean): void {
    const known = held.get(key)
    if (known === undefined) {
      if (held.size < heldMax) held.set(key, note)
      return
    }
    const joined = earlier ? join(note, known) : join(known, note)
    if (joined !== known) held.set(key, joined)
  }

  const { plan, flush, close } = createBatchWriter<Map<string, Note>>({
    ...options,
    gathered: {
      get size() {
        return held.size
      },
      take(sizeMax) {
        const some = new Map<string, Note>()
        for (const [key, note] of held) {
          if (some.size === sizeMax) break
          some.set(key, note)
          held.delete(key)
        }
        return some
      },
      putBack(some) {
        for (const [key, note] of some) hold(key, note, true)
      },
    },
  })

  return {
    note(key, note) {
      hold(key, note, false)
      plan()
    },
    flush,
    close,
  }
}
