import { Client } from 'pg'

/**
 * @returns PostgreSQL's version number, such as 180004
 * @throws what the driver throws: a network code or an SQLSTATE in `code`
 */
export async function serverVersion(url: string): Promise<number> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ version: number }>(
      "SELECT current_setting('server_version_num')::int AS version",
    )
    return rows[0]?.version ?? 0
  } finally {
    await client.end().catch(() => {})
  }
}
