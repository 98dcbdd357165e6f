import { createMicroBatch } from './micro-batch'
import type { Pool } from './pool'

/** A statement that PostgreSQL parses and plans once per connection. The name stands for this text alone. */
export type NamedStatement = { name: string; text: string }

/** The way past Prisma for the few statements that run thousands of times a minute (reading a token, renewing one). */
export type Statements = {
  /** @returns the rows, with the driver's own types: timestamps are `Date`, `json` is parsed */
  run<Row extends object>(statement: NamedStatement, values: readonly unknown[]): Promise<Row[]>
  /**
   * Runs a statement for one item, together with those of other callers at the same time. Its only parameter is a JSON array
   * of items, each with its number `n`; each row it returns carries the `n` of the item it belongs to. It may be repeated
   * for the same item when a batch fails.
   *
   * @returns the rows of this item
   */
  batched<Row extends object>(statement: NamedStatement, item: object): Promise<Row[]>
  /**
   * `batched` for what is asked for by an id alone: the only parameter is `text[]`, which PostgreSQL takes apart in half the time that
   * it needs for JSON. Each row carries the number `n` of its id, from 0.
   */
  byId<Row extends object>(statement: NamedStatement, id: string): Promise<Row[]>
}

const batchMax = 100

/** @param pool the one that Prisma uses too */
export function createStatements(pool: Pool): Statements {
  const batches = new Map<string, (item: object) => Promise<object[]>>()
  const readings = new Map<string, (id: string) => Promise<object[]>>()

  async function run<Row extends object>(
    { name, text }: NamedStatement,
    values: readonly unknown[],
  ): Promise<Row[]> {
    const result = await pool.query<Row>({ name, text, values: [...values] })
    return result.rows
  }

  async function runBatch(statement: NamedStatement, items: readonly object[]): Promise<object[][]> {
    const numbered = JSON.stringify(items.map((item, n) => ({ n, ...item })))
    return given(items, await run<{ n: number }>(statement, [numbered]))
  }

  async function runReading(statement: NamedStatement, ids: readonly string[]): Promise<object[][]> {
    return given(ids, await run<{ n: number }>(statement, [ids]))
  }

  return {
    run,
    async batched<Row extends object>(statement: NamedStatement, item: object): Promise<Row[]> {
      const batch =
        batches.get(statement.name) ??
        createMicroBatch<object, object[]>({
          run: (items) => runBatch(statement, items),
          sizeMax: batchMax,
        })
      batches.set(statement.name, batch)
      // The statement's columns are what its caller declares; the driver cannot tell.
      return (await batch(item)) as Row[]
    },
    byId<Row extends object>(statement: NamedStatement, id: string): Promise<Row[]> {
      const reading =
        readings.get(statement.name) ??
        createMicroBatch<string, object[]>({
          run: (ids) => runReading(statement, ids),
          sizeMax: batchMax,
        })
      readings.set(statement.name, reading)
      return reading(id) as Promise<Row[]>
    },
  }
}

/** The rows of each item. */
function given(items: readonly unknown[], rows: readonly { n: number }[]): object[][] {
  const byItem: object[][] = items.map(() => [])
  for (const row of rows) byItem[row.n]?.push(row)
  return byItem
}
