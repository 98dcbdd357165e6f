import type { Pool } from './pool'

/** A statement that PostgreSQL parses and plans once per connection. The name stands for this text alone. */
export type NamedStatement = { name: string; text: string }

/** The way past Prisma for the few statements that run thousands of times a minute (reading a token, renewing one). */
export type Statements = {
  /** @returns the rows, with the driver's own types: timestamps are `Date`, `json` is parsed */
  run<Row extends object>(statement: NamedStatement, values: readonly unknown[]): Promise<Row[]>
}

/** @param pool the one that Prisma uses too */
export function createStatements(pool: Pool): Statements {
  return {
    async run<Row extends object>(
      { name, text }: NamedStatement,
      values: readonly unknown[],
    ): Promise<Row[]> {
      const result = await pool.query<Row>({ name, text, values: [...values] })
      return result.rows
    },
  }
}
