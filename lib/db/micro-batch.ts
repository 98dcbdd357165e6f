export type MicroBatchOptions<Item, Result> = {
  /** Does what the items ask for. @returns one result for each, in their order */
  run(items: readonly Item[]): Promise<readonly Result[]>
  /** Items of one run at most. */
  sizeMax: number
  /** Runs at once at most; 2 when left out. */
  lanesMax?: number
}

type Waiting<Item, Result> = {
  item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

/**
 * Gathers what is asked for in one turn of the event loop, and while earlier runs are on their way, into one run: alone, an
 * item waits for nobody; a thousand a second cost a few statements. When a run of several fails each of its items is tried
 * alone, so that one bad item fails nobody else. A run may therefore be repeated: it has to bear that.
 *
 * @returns a function that asks for one item
 */
export function createMicroBatch<Item, Result>({
  run,
  sizeMax,
  lanesMax = 2,
}: MicroBatchOptions<Item, Result>): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = []
  let lanes = 0
  let planned = false

  function plan(): void {
    if (planned || lanes >= lanesMax || waiting.length === 0) return
    planned = true
    setImmediate(() => {
      planned = false
      lanes += 1
      void settle(run, waiting.splice(0, sizeMax)).finally(() => {
        lanes -= 1
        plan()
      })
      plan()
    })
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      plan()
    })
}

async function settle<Item, Result>(
  run: MicroBatchOptions<Item, Result>['run'],
  batch: readonly Waiting<Item, Result>[],
): Promise<void> {
  try {
    const results = await run(batch.map(({ item }) => item))
    if (results.length !== batch.length) throw new Error('a batch did not answer each of its items')
    results.forEach((result, index) => {
      batch[index]?.resolve(result)
    })
  } catch (error) {
    const [only] = batch
    if (batch.length === 1) only?.reject(error)
    else await Promise.all(batch.map((one) => settle(run, [one])))
  }
}
