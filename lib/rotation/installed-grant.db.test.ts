import { afterEach, beforeEach, expect, test } from 'vitest'
import { ada, makeWorld, type World } from '../connections/test-world'
import { newId } from '../core/ids'
import { Secret } from '../core/secret'
import { rotateConnection } from './rotate-connection'
import { storePair } from './store-pair'

let world: World
const hour = 3_600_000
const needed = { cause: 'needed' } as const

beforeEach(async () => {
  world = await makeWorld({ provider: 'envoy', grants: ['plugin_install'] })
})
afterEach(() => world.close())

const id = (kind: 'connection' | 'install') =>
  newId(kind, world.deps.clock.now().getTime(), world.deps.random.bytes(10))

/** A connection as an install leaves it: its pair was exchanged for the install id. */
async function installed(withInstall = true): Promise<string> {
  const connectionId = id('connection')
  await world.deps.db.connection.create({
    data: {
      id: connectionId,
      provider: 'envoy',
      appId: world.appId,
      grantKind: 'plugin_install',
      lifecycle: 'live',
      accountName: 'Analytical',
      externalAccountId: '7',
    },
  })
  if (withInstall) {
    world.doorkeeper.state.installs.set('55', ada)
    await world.deps.db.install.create({
      data: {
        id: id('install'),
        provider: 'envoy',
        appId: world.appId,
        externalInstallId: '55',
        connectionId,
        state: 'accepted',
        reference: '55',
        learntFrom: 'webhook',
      },
    })
  }
  const tokens = {
    accessToken: Secret.of('an access token'),
    refreshToken: Secret.of('a refresh token that the provider has forgotten'),
    accessExpiresAt: null,
    refreshExpiresAt: null,
    scopes: null,
    account: {},
  }
  await world.deps.db.$transaction((tx) =>
    storePair(tx, world.deps, { connectionId, tokens, kind: 'plugin_install', generation: 1 }),
  )
  world.deps.clock.advance(25 * hour)
  return connectionId
}

const row = (connectionId: string) =>
  world.deps.db.connection.findUniqueOrThrow({ where: { id: connectionId } })
const journal = async () =>
  (await world.deps.db.rotationJournal.findMany({ orderBy: { id: 'asc' } })).map(({ kind, outcome }) => [
    kind,
    outcome,
  ])

test('a refused refresh token is replaced by the install itself, without a person', async () => {
  const connectionId = await installed()
  expect(await rotateConnection(world.deps, connectionId, needed)).toMatchObject({ kind: 'renewed' })
  expect(await row(connectionId)).toMatchObject({
    ownStatus: 'healthy',
    generation: 2,
    scopesReported: false,
  })
  expect((await journal()).sort()).toEqual([
    ['plugin_install', 'renewed'],
    ['refresh', 'terminal'],
  ])
  world.deps.clock.advance(25 * hour)
  expect(await rotateConnection(world.deps, connectionId, needed)).toMatchObject({ kind: 'renewed' })
  expect(world.doorkeeper.tokenCalls('refresh_token')).toHaveLength(2)
})

test('an install that is gone at the provider asks for a person', async () => {
  const connectionId = await installed()
  world.doorkeeper.state.installs.clear()
  expect(await rotateConnection(world.deps, connectionId, needed)).toMatchObject({ outcome: 'unconfirmed' })
  world.deps.clock.advance(121_000)
  expect(await rotateConnection(world.deps, connectionId, needed)).toMatchObject({ outcome: 'terminal' })
  expect(await row(connectionId)).toMatchObject({ ownStatus: 'needs_reconnect' })
})

test('a connection whose install is not known is no fault of the app', async () => {
  const connectionId = await installed(false)
  expect(await rotateConnection(world.deps, connectionId, needed)).toMatchObject({ outcome: 'unconfirmed' })
  expect(await world.deps.db.providerApp.findFirstOrThrow()).toMatchObject({ faultAt: null })
})
