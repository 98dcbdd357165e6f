import { afterAll, beforeAll, expect, it } from 'vitest'
import { ada, connected, makeWorld, type World } from '../connections/test-world'
import { connectionPage } from './connection-page'
import { connectionsPage } from './connections-page'

let world: World
let id: string
beforeAll(async () => {
  world = await makeWorld({})
  id = await connected(world, ada)
})
afterAll(() => world.close())

async function nextSteps(): Promise<(string | null | undefined)[]> {
  const list = { search: '', providers: [], environments: [], statuses: [], after: null, before: null }
  const page = await connectionPage(world.deps, world.admin, id)
  const { rows } = await connectionsPage(world.deps, world.admin, {
    ...list,
    sort: { key: 'name', direction: 'asc' },
  })
  return [page?.status.nextStep, rows[0]?.status.nextStep]
}

it('a page and the list say alike what a connection waits for', async () => {
  const { db, clock } = world.deps
  const now = clock.now()
  expect(await nextSteps()).toEqual(['Renew the token', 'Renew the token'])

  const host = { provider: 'outstand', baseUrl: world.doorkeeper.url } as const
  const trouble = { ...host, beganAt: now, retryAt: now, refused: 9, code: 'c', words: 'w' }
  await db.providerTrouble.create({ data: { ...trouble, id: 'trouble', openKey: 'key' } })
  const waits = expect.stringContaining('the provider stops refusing many')
  expect(await nextSteps()).toEqual([waits, waits])

  await db.providerTrouble.update({
    where: { id: 'trouble' },
    data: { baseUrl: 'https://elsewhere.example' },
  })
  expect(await nextSteps()).toEqual(['Renew the token', 'Renew the token'])

  const held = { systemIdentifier: '1', databaseOid: 1, appUrl: 'http://a', heldAt: now }
  await db.instanceIdentity.upsert({ where: { id: 1 }, create: held, update: held })
  const copy = expect.stringContaining('lets this database go on')
  expect(await nextSteps()).toEqual([copy, copy])
})
