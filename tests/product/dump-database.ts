import { appendFileSync } from 'node:fs'
import type { Client } from 'pg'

/**
 * Appends every row of every table to a file, one JSON line each, the sealed columns too: what a stolen dump would show.
 *
 * @param client connected to the product's database
 */
export async function dumpDatabase(client: Client, file: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  )
  for (const { name } of rows) {
    const found = await client.query<{ row: string }>(`SELECT to_json(t)::text AS row FROM ${name} t`)
    appendFileSync(file, found.rows.map(({ row }) => `${JSON.stringify({ table: name })} ${row}\n`).join(''))
  }
}
