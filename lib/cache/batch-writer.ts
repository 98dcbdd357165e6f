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
  everyMs: number
  /** Of one statement at most; the rest follows with the next ones. */
  sizeMax: number
  onError(error: unknown): void
}

/** Writes what gathers, one statement after the other: at most one every `everyMs`, so that the load on the database is bounded. */
export function createBatchWriter<Batch>(options: BatchWriterOptions<Batch>): BatchWriter {
  const { gathered, write, everyMs, sizeMax, onError } = options
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<boolean> = Promise.resolve(true)
  let closed = false

  function plan(): void {
    if (timer || closed || gathered.size === 0) return
    timer = setTimeout(() => {
      timer = null
      void writeSome().then(plan)
    }, everyMs)
    timer.unref()
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
    plan,
    flush,
    async close() {
      closed = true
      if (timer) clearTimeout(timer)
      await flush()
    },
  }
}
