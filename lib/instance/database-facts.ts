import type { Deps } from '../deps'

/** What tells one database from its copy. */
export type DatabaseFacts = {
  /** Made by initdb, the same in every copy of the files; `unknown` where the server does not tell. */
  systemIdentifier: string
  /** A number of the database within its server, 0 to 2^32 - 1: another one after a restore. */
  databaseOid: number
  /** Origin of APP_URL. */
  appUrl: string
  /** Where the files of the embedded PostgreSQL lie; `null` for any other. */
  dataFolder: string | null
}

/** Services that run PostgreSQL for others may keep it to themselves. */
export const unknownSystem = 'unknown'

/** Not allowed, no such function, not supported. */
const withheld = ['42501', '42883', '0A000']

/** Reads what this database and this process are, outside any transaction. */
export async function readDatabaseFacts(deps: Pick<Deps, 'sql' | 'config'>): Promise<DatabaseFacts> {
  const [row] = await deps.sql.run<{ oid: string }>(readOid, [])
  if (!row) throw new Error('the database did not tell its number')
  return {
    systemIdentifier: (await tell(deps, readSystem)) ?? unknownSystem,
    databaseOid: Number(row.oid),
    appUrl: deps.config.appUrl.origin,
    dataFolder: deps.config.embedded ? await tell(deps, readFolder) : null,
  }
}

const readOid = {
  name: 'database_oid',
  text: 'SELECT oid::bigint::text AS oid FROM pg_database WHERE datname = current_database()',
}
const readSystem = {
  name: 'system_identifier',
  text: 'SELECT system_identifier::text AS value FROM pg_control_system()',
}
const readFolder = { name: 'data_folder', text: `SELECT current_setting('data_directory') AS value` }

/** @returns `null` where the server keeps it to itself */
async function tell(
  { sql }: Pick<Deps, 'sql'>,
  question: { name: string; text: string },
): Promise<string | null> {
  try {
    const [row] = await sql.run<{ value: string }>(question, [])
    return row?.value ?? null
  } catch (error) {
    if (withheld.includes(codeOf(error))) return null
    throw error
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
