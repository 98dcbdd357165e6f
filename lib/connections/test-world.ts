import { testDatabase } from '../../tests/database'
import { testDeps } from '../../tests/test-deps'
import type { UserActor } from '../core/actor'
import { newId } from '../core/ids'
import type { GrantKind, ProviderId } from '../core/provider'
import { Secret } from '../core/secret'
import { finishConnect } from './finish-connect'
import { startConnect } from './start-connect'
import { type Doorkeeper, startDoorkeeper, type TestAccount } from './test-doorkeeper'

export const ada: TestAccount = { id: 101, email: 'ada@example.com', name: 'Ada Byron', org: 'Analytical' }
export const grace: TestAccount = {
  id: 202,
  email: 'grace@example.com',
  name: 'Grace Hopper',
  org: 'Analytical',
}

const appScopes = ['users.read', 'prospects.read']

export type World = Awaited<ReturnType<typeof makeWorld>>

/** One database, one provider, one admin and one provider app: what a flow needs. */
export async function makeWorld(options: {
  provider?: ProviderId
  grants?: GrantKind[]
  mode?: 'first_use' | 'at_once'
  environment?: 'sandbox' | 'development' | 'production'
  env?: Record<string, string>
}) {
  const provider = options.provider ?? 'outstand'
  const database = await testDatabase()
  const { deps, logLines, close } = await testDeps(database, options.env)
  const doorkeeper = await startDoorkeeper({
    now: () => deps.clock.now(),
    mode: options.mode ?? 'first_use',
  })
  doorkeeper.registerRedirect(new URL(`/api/callback/${provider}`, deps.config.appUrl).href)
  const id = (kind: Parameters<typeof newId>[0]) =>
    newId(kind, deps.clock.now().getTime(), deps.random.bytes(10))

  const makeUser = async (name: string, role: 'viewer' | 'admin'): Promise<UserActor> => {
    const user = { id: id('user'), name, email: `${name.toLowerCase()}@company.example`, role }
    await deps.db.user.create({ data: user })
    return { kind: 'user', ...user, sessionId: id('session') }
  }
  const makeApp = async (slug: string, grants: GrantKind[]): Promise<string> => {
    const appId = id('providerApp')
    await deps.db.providerApp.create({
      data: {
        id: appId,
        slug,
        provider,
        environment: options.environment ?? 'production',
        origin: 'settings',
        name: `App ${slug}`,
        grants,
        baseUrl: doorkeeper.url,
        clientId: doorkeeper.client.id,
        clientSecretSealed: deps.vault.seal(Secret.of(doorkeeper.client.secret), {
          table: 'provider_app',
          rowId: appId,
          field: 'client_secret_sealed',
        }),
        scopes: appScopes,
      },
    })
    return appId
  }
  const admin = await makeUser('Root', 'admin')
  const appId = await makeApp('main', options.grants ?? ['oauth_code'])

  return {
    deps,
    doorkeeper,
    admin,
    appId,
    provider,
    logLines,
    makeUser,
    makeApp,
    async close(): Promise<void> {
      await doorkeeper.close()
      await close()
      await database.close()
    },
  }
}

/** Presses Connect (or Reconnect) as an admin and stops at the provider's consent page. */
export async function press(
  world: World,
  input: { connection?: string; app?: string; scopes?: string[] } = {},
) {
  const started = await startConnect(world.deps, world.admin, { provider: world.provider, ...input })
  if (started.kind !== 'redirect') throw new Error(`the flow did not go to the provider: ${started.kind}`)
  return { ...started, cookies: new Map([[started.cookie.name, started.cookie.value]]) }
}

/** The whole flow: Connect, consent, callback. */
export async function connect(
  world: World,
  account: TestAccount,
  input: { connection?: string; app?: string } = {},
) {
  const started = await press(world, input)
  return finishConnect(world.deps, world.admin, {
    provider: world.provider,
    query: world.doorkeeper.consent(started.url, account),
    cookies: started.cookies,
  })
}

/** The flow of an account that is expected to connect. */
export async function connected(world: World, account: TestAccount = ada): Promise<string> {
  const outcome = await connect(world, account)
  if (outcome.kind !== 'connected') throw new Error(`the flow did not connect: ${outcome.kind}`)
  return outcome.connectionId
}

/** What a database holds of flows and connections: to prove that a failure left nothing half-made. */
export async function countRows(world: World) {
  const { db } = world.deps
  return {
    connections: await db.connection.count(),
    pairs: await db.tokenPair.count(),
    journal: await db.rotationJournal.count(),
    leases: await db.rotationLease.count(),
  }
}

/** Everything that was written as text: audit rows, log lines, flows, connections, journal. */
export async function writtenText(world: World): Promise<string> {
  const { db } = world.deps
  const rows = await Promise.all([
    db.auditEvent.findMany(),
    db.connectFlow.findMany({ omit: { verifierSealed: false, codeSealed: false } }),
    db.connection.findMany(),
    db.rotationJournal.findMany(),
    db.tokenPair.findMany({ omit: { accessTokenSealed: false, refreshTokenSealed: false } }),
    db.providerApp.findMany(),
  ])
  return `${JSON.stringify(rows)}\n${world.logLines.join('\n')}`
}

export type { Doorkeeper }
