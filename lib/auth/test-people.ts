import { testDatabase } from '../../tests/database'
import { testDeps } from '../../tests/test-deps'
import type { Role, UserActor } from '../core/actor'
import { newId } from '../core/ids'
import { Secret } from '../core/secret'
import { hashPassword } from './password'
import { openSession, sessionActor } from './sessions'

export const fromHome = { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0', address: '203.0.113.9' }

/** The password of everybody that `makePerson` makes. */
export const goodPassword = 'correct horse battery staple'

export type People = Awaited<ReturnType<typeof makePeople>>

/** A database without people, and ways to make some. */
export async function makePeople(env: Record<string, string> = {}) {
  const database = await testDatabase()
  const { deps, logLines, close } = await testDeps(database, env)
  const passwordHash = await hashPassword(Secret.of(goodPassword))

  const openSessionOf = async (person: { id: string; name: string; email: string; role: Role }) => {
    const sessionId = await deps.db.$transaction((tx) => openSession(tx, deps, person, fromHome))
    const actor = await sessionActor(deps, sessionId)
    if (!actor) throw new Error('a new session has its actor')
    return actor
  }
  /** Makes a person and signs them in. */
  const makePerson = async (name: string, role: Role): Promise<UserActor> => {
    const id = newId('user', deps.clock.now().getTime(), deps.random.bytes(10))
    const person = { id, name, email: `${name.toLowerCase()}@company.example`, role }
    await deps.db.user.create({ data: { ...person, passwordHash } })
    return openSessionOf(person)
  }
  return {
    deps,
    database,
    logLines,
    makePerson,
    openSessionOf,
    /** The trail's entries with this action, oldest first. */
    trail: (action: string) =>
      deps.db.auditEvent.findMany({
        where: { action },
        orderBy: { id: 'asc' },
        select: { actorName: true, subjectId: true, subjectName: true, detail: true },
      }),
    /** Everything the trail and the log hold, to search for what must not be there. */
    async written(): Promise<string> {
      return JSON.stringify(await deps.db.auditEvent.findMany()) + logLines.join('\n')
    },
    async close(): Promise<void> {
      await close()
      await database.close()
    },
  }
}
