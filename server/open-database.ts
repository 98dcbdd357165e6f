import { setTimeout as pause } from 'node:timers/promises'
import type { Secret } from '../lib/core/secret'
import { migrate } from '../lib/db/migrate'
import { serverVersion } from '../lib/db/server-version'
import { migrateQueue } from '../lib/jobs/migrate-queue'
import type { Logger } from '../lib/telemetry/logger'
import { StartFault } from './start-fault'

const attemptsMax = 20
const attemptEveryMs = 500
const versionMin = 15

/**
 * Brings the database to this version of Patchbay: waits ten seconds for one that is just starting, refuses one that is too
 * old, applies what migrations it lacks, those of the job queue too.
 *
 * @param folder the absolute path of prisma/migrations
 * @returns our own migrations that were applied now
 * @throws StartFault in words, without the password
 */
export async function openDatabase(
  urls: { databaseUrl: Secret; databaseMigrateUrl: Secret },
  folder: string,
  log: Pick<Logger, 'debug' | 'warn'>,
): Promise<string[]> {
  const version = await versionOf(urls.databaseUrl, 'DATABASE_URL')
  if (Math.floor(version / 10_000) < versionMin)
    throw new StartFault(`The database is PostgreSQL ${Math.floor(version / 10_000)}.`, [
      `Patchbay needs PostgreSQL ${versionMin} or later: point DATABASE_URL to one.`,
    ])
  if (urls.databaseMigrateUrl.reveal() !== urls.databaseUrl.reveal())
    await versionOf(urls.databaseMigrateUrl, 'DATABASE_MIGRATE_URL')
  const [work, owner] = [urls.databaseUrl.reveal(), urls.databaseMigrateUrl.reveal()]
  const applied = await inWords('The migrations could not be applied.', migrate(owner, folder))
  await inWords('The tables of the job queue could not be made.', migrateQueue({ work, migrate: owner }, log))
  return applied
}

async function inWords<T>(fault: string, migration: Promise<T>): Promise<T> {
  try {
    return await migration
  } catch (cause) {
    throw new StartFault(fault, [cause instanceof Error ? cause.message : String(cause)], { cause })
  }
}

async function versionOf(url: Secret, name: string): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await serverVersion(url.reveal())
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (attempt === attemptsMax || !isPassing(code)) throw unreachable(url, name, code, error)
      await pause(attemptEveryMs)
    }
  }
}

/** Nobody listens yet, the name is not known yet, or PostgreSQL is starting (57P03). */
function isPassing(code: string): boolean {
  return ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', '57P03', ''].includes(code)
}

function unreachable(url: Secret, name: string, code: string, cause: unknown): StartFault {
  const { host, username, pathname } = new URL(url.reveal())
  const reasons: Record<string, string> = {
    ECONNREFUSED: 'Nothing listens there. Is PostgreSQL running, and are host and port right?',
    ENOTFOUND: 'There is no such host.',
    EAI_AGAIN: 'The name of the host could not be looked up.',
    '28P01': `The password of ${username} is wrong.`,
    '28000': `PostgreSQL does not let ${username} in (pg_hba.conf).`,
    '3D000': `There is no database ${pathname.slice(1)}: make it with createdb.`,
    '57P03': 'PostgreSQL is starting or stopping.',
    '53300': 'PostgreSQL has no free connection left.',
  }
  const words = cause instanceof Error ? cause.message : ''
  return new StartFault(`The database at ${host} cannot be used.`, [
    reasons[code] ?? `It says: ${words || 'nothing'}`,
    `It comes from ${name}.`,
  ])
}
