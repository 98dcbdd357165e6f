import { afterAll, afterEach, beforeAll } from 'vitest'
import { testDatabase } from '../database'
import { type Bundles, makeBundles } from './bundle'
import type { RevocationMode } from './strict-provider'
import { type ChaosWorld, chaosWorld } from './world'

/**
 * What a file of chaos tests needs: its bundles are made once, its worlds end after each test.
 *
 * @returns what makes a world, on a database of its own unless one is given
 */
export function chaosTests() {
  let bundles: Bundles | null = null
  const closers: (() => Promise<void>)[] = []
  beforeAll(async () => {
    bundles = await makeBundles()
  })
  afterAll(() => bundles?.remove())
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
  })
  return async (mode: RevocationMode = 'first_use', databaseUrl?: string): Promise<ChaosWorld> => {
    if (bundles === null) throw new Error('worlds are made inside a test')
    const database = databaseUrl === undefined ? await testDatabase() : null
    if (database) closers.push(database.close)
    const world = await chaosWorld(bundles, databaseUrl ?? database?.url ?? '', mode)
    closers.push(world.close)
    return world
  }
}
