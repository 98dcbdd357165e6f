import { testDatabase } from '../../../tests/database'
import { type FakeAnswer, fakeServer } from '../../../tests/fake-server'
import { testDeps } from '../../../tests/test-deps'
import { newId } from '../../core/ids'
import { createPerson } from '../../installs/testing/install-bench'
import { createApp } from '../create-app'

/** The one secret that the bench's provider accepts. */
export const goodSecret = 'g+o/o=d&s%e'

type Input = Parameters<typeof createApp>[2]
export type AppBench = Awaited<ReturnType<typeof makeAppBench>>

/** One database, one provider for Outreach and Outstand alike, an admin and a viewer. */
export async function makeAppBench() {
  let answer: (body: string) => FakeAnswer = doorkeeper
  const database = await testDatabase()
  const provider = await fakeServer((call) => answer(call.body))
  const { deps, logLines, close } = await testDeps(database, {
    OUTREACH_URL: provider.origin,
    OUTSTAND_URL: provider.origin,
  })
  const admin = await createPerson(deps, 'Ada', 'admin')
  const viewer = await createPerson(deps, 'Vera', 'viewer')
  return {
    deps,
    logLines,
    origin: provider.origin,
    admin,
    viewer,
    /** What the provider answers from now on; without a function, what it answered at first. */
    answerWith(next: (body: string) => FakeAnswer = doorkeeper): void {
      answer = next
    },
    /** A draft of an Outreach app, unless told otherwise. @returns its id */
    async draft(more: { [Name in keyof Input]?: unknown } = {}): Promise<string> {
      const input = {
        provider: 'outreach',
        environment: 'production',
        name: 'Sales Sync',
        grants: ['oauth_code'],
      }
      return (await createApp(deps, admin, { ...input, ...more } as Input)).appId
    },
    async addConnection(appId: string, more: Record<string, unknown> = {}): Promise<string> {
      const id = newId('connection', deps.clock.now().getTime(), deps.random.bytes(10))
      await deps.db.connection.create({
        data: {
          id,
          provider: 'outreach',
          appId,
          grantKind: 'oauth_code',
          lifecycle: 'live',
          ownStatus: 'healthy',
          accountName: 'Grace',
          ...more,
        },
      })
      return id
    },
    row: (appId: string) => deps.db.providerApp.findUniqueOrThrow({ where: { id: appId } }),
    auditOf: (subjectId: string) =>
      deps.db.auditEvent.findMany({ where: { subjectId }, orderBy: { id: 'asc' } }),
    async close(): Promise<void> {
      await close()
      await provider.close()
      await database.close()
    },
  }
}

/** Refuses a wrong client with 401 and a made-up code with 400 (RFC 6749, 5.2). */
function doorkeeper(body: string): FakeAnswer {
  const good = body.includes(encodeURIComponent(goodSecret)) || body.includes(goodSecret)
  return good
    ? { status: 400, body: { error: 'invalid_grant' } }
    : { status: 401, body: { error: 'invalid_client', error_description: 'Client authentication failed' } }
}
