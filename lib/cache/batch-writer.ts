/** What waits to be written, in whatever form is cheapest to gather. */
export type Gathered<Batch> = {
  readonly size: number
  /** Takes the oldest out. @param sizeMax at most so many; there is at least one */
  take(sizeMax: number): Batch
  /** What could not be written; it joins what was gathered meanwhile. */
  putBack(batch: Batch): void
}

export type BatchWriter = {
  /** Something was gathered: it is written when its time comes. */
  plan(): void
  /** Writes what is gathered now; what comes meanwhile waits for its time. What fails is kept for the next time. */
  flush(): Promise<void>
  /** Writes a last time. */
  close(): Promise<void>
}

export type BatchWriterOptions<Batch> = {
  gathered: Gathered<Batch>
  /** Writes in one statement; after a failure it is called again with the same. */
  write(batch: Batch): Promise<void>
  /** How long what is gathered waits to be written, as a rule. */
  everyMs: number
  /** Of one statement at most: a long one keeps the process and the database from everything else. */
  sizeMax: number
  /** From the end of one statement to the next, at least: with `sizeMax` it bounds the load on the database. */
  pauseMs: number
  onError(error: unknown): void
}

/**
 * Writes what gathers, one statement after the other: one every `everyMs`, more of them in even steps where one has no room for all that
 * came in that time. After a failure the next one waits for `everyMs`.
 */
export function createBatchWriter<Batch>(options: BatchWriterOptions<Batch>): BatchWriter {
  const { gathered, write, everyMs, sizeMax, pauseMs, onError } = options
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<boolean> = Promise.resolve(true)
  let closed = false

  function plan(inMs = everyMs): void {
    if (timer || closed || gathered.size === 0) return
    timer = setTimeout(() => void writeSome().then(planNext), inMs)
    timer.unref()
  }

  function planNext(isWritten: boolean): void {
    timer = null
    const isMuch = isWritten && gathered.size > sizeMax
    plan(isMuch ? Math.max(pauseMs, (everyMs * sizeMax) / gathered.size) : everyMs)
  }

  /** @returns whether it was written */
  function writeSome(): Promise<boolean> {
    writing = writing.then(async () => {
      if (gathered.size === 0) return true
      const batch = gathered.take(sizeMax)
      try {
        await write(batch)
        return true
      } catch (error) {
        onError(error)
        gathered.putBack(batch)
        return false
      }
    })
    return writing
  }

  async function flush(): Promise<void> {
    let left = gathered.size
    do {
      if (!(await writeSome())) return
      left -= sizeMax
    } while (left > 0)
  }

  return {
    plan: () => plan(),
    flush,
    async close() {
      closed = true
      if (timer) clearTimeout(timer)
      await flush()
    },
  }
}
