import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/database'
import { type TestDeps, testDeps } from '../../../tests/test-deps'
import type { Actor, UserActor } from '../../core/actor'
import { landSetupToken } from '../land-setup-token'
import { createPerson, createTestApp } from './install-bench'
import { type LocalOutreach, type LocalSetupToken, startLocalOutreach } from './local-outreach'

/** The webhook secret of the world's app. */
export const webhookSecret = 'webhook+secret/with=odd&characters'

/**
 * One database for a test file; for each test an Outreach of its own and the only S2S app that is not hidden, by name `slug`.
 * A minute passes between tests, so that no throttle of one is felt in the next.
 */
export function s2sWorld() {
  let database: TestDatabase
  const world = {} as {
    deps: TestDeps['deps']
    logLines: string[]
    admin: UserActor
    viewer: UserActor
    outreach: LocalOutreach
    appId: string
    slug: string
  }
  let close: TestDeps['close']

  beforeAll(async () => {
    database = await testDatabase()
    const t = await testDeps(database)
    Object.assign(world, { deps: t.deps, logLines: t.logLines })
    close = t.close
    world.admin = await createPerson(t.deps, 'ann', 'admin')
    world.viewer = await createPerson(t.deps, 'vic', 'viewer')
  })
  beforeEach(async () => {
    await world.outreach?.close()
    world.outreach = await startLocalOutreach()
    const { deps, outreach } = world
    await deps.db.providerApp.updateMany({ data: { hiddenAt: deps.clock.now() } })
    world.slug = `s2s-${randomUUID().slice(0, 8)}`
    world.appId = await createTestApp(
      deps,
      {
        slug: world.slug,
        provider: 'outreach',
        grants: ['s2s'],
        baseUrl: outreach.url,
        s2sGuid: outreach.state.guid,
      },
      { s2sPrivateKey: outreach.privateKeyPem, webhookSecret },
    )
    deps.clock.advance(61_000)
  })
  afterAll(async () => {
    await world.outreach?.close()
    await close()
    await database.close()
  })

  return {
    /** Filled before each test. */
    at: world,
    /** An install at Outreach, and the setup token that its installer lands with. */
    installAt(orgId: string, orgName = `Org ${orgId}`, appGuid = world.outreach.state.guid) {
      const id = randomUUID()
      const token = `setup-${randomUUID()}`
      world.outreach.state.installs.set(id, { id, orgId, orgName, state: 'alive' })
      world.outreach.state.setupTokens.set(token, { installId: id, appGuid, state: 'good' })
      return { id, token }
    },
    change(installId: string, state: 'alive' | 'locked' | 'removed'): void {
      const install = world.outreach.state.installs.get(installId)
      if (install) install.state = state
    },
    addToken(token: string, installId: string, state: LocalSetupToken['state'] = 'good'): void {
      world.outreach.state.setupTokens.set(token, { installId, appGuid: world.outreach.state.guid, state })
    },
    land(
      setupToken: string,
      actor: Actor | null = null,
      more: { slug?: string | null; address?: string } = {},
    ) {
      const place = { slug: world.slug, address: '203.0.113.7', ...more }
      return landSetupToken(world.deps, actor, { ...place, setupToken })
    },
    installs: () => world.deps.db.install.findMany({ where: { appId: world.appId }, orderBy: { id: 'asc' } }),
    connections: () =>
      world.deps.db.connection.findMany({ where: { appId: world.appId }, include: { pair: true } }),
    deliveries: () =>
      world.deps.db.webhookDelivery.findMany({ where: { appId: world.appId }, orderBy: { id: 'asc' } }),
  }
}
