import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chaosTests } from './chaos-tests'
import { type OwnCluster, ownCluster } from './own-cluster'
import type { ChaosWorld } from './world'

const makeWorld = chaosTests()
let cluster: OwnCluster

beforeAll(async () => {
  cluster = await ownCluster()
})
afterAll(() => cluster.close())

/** A rotation whose answer the provider keeps back until the database was lost: the new pair exists in one process only. */
async function rotateAcross(world: ChaosWorld, connectionId: string, loseDatabase: () => Promise<unknown>) {
  const rotating = await world.start()
  world.gate.hold()
  const rotated = rotating.ask({ kind: 'rotate', connectionId, cause: 'due' })
  await expect.poll(() => world.gate.carriedOut()).toBe(1)
  await loseDatabase()
  world.gate.open()
  return rotated
}

describe.each(['first_use', 'immediate'] as const)('a rotation under revocation %s', (mode) => {
  test.each([
    ['whose connections are all cut', () => cluster.cutConnections()],
    ['whose PostgreSQL crashes and comes back', () => cluster.crash()],
  ])('%s stores its pair all the same', async (_words, loseDatabase) => {
    const world = await makeWorld(mode, await cluster.database())
    const connectionId = await world.connect()

    expect(await rotateAcross(world, connectionId, loseDatabase)).toMatchObject({ kind: 'renewed' })

    expect(await world.facts(connectionId)).toMatchObject({ ownStatus: 'healthy', generation: 2 })
    expect(await (await world.storedToken(connectionId)).lives()).toBe(true)
    expect(await world.journal(connectionId)).toEqual(['renewed'])
  })
})
