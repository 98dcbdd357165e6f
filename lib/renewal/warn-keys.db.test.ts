import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeKey } from '../../tests/machine-api'
import { makeWorld, type World } from '../connections/test-world'
import { eventUrl } from '../notifications/sendable-event'
import { warnKeys } from './warn-keys'

const dayMs = 24 * 60 * 60_000
let world: World
beforeAll(async () => {
  world = await makeWorld({})
})
afterAll(() => world.close())

const inDays = (days: number) => new Date(world.deps.clock.now().getTime() + days * dayMs)
const told = () => world.deps.db.notification.findMany({ where: { kind: 'api_key.expiring' } })

it('tells once of a key that ends within a week, and of no other', async () => {
  const make = (name: string, days: number | null) =>
    makeKey(world.deps, world.admin, { name, expiresAt: days === null ? null : inDays(days) })
  const soon = await make('Nightly export', 6)
  await make('Has time', 8)
  await make('For ever', null)
  const revoked = await make('Gone', 3)
  await world.deps.db.apiKey.update({ where: { id: revoked.id }, data: { revokedAt: inDays(0) } })

  expect([await warnKeys(world.deps), await warnKeys(world.deps)]).toEqual([1, 0])
  const [event, ...others] = await told()
  expect(others).toEqual([])
  expect(event).toMatchObject({
    subjectKind: 'api_key',
    subjectId: soon.id,
    subjectName: 'Nightly export',
    detail: { by: inDays(6).toISOString(), last_used: null },
  })
  expect(JSON.stringify(event)).not.toContain(soon.key)
  const subject = { kind: 'api_key', id: soon.id, name: '' }
  expect(eventUrl(world.deps.config.appUrl, { subject })).toBe(
    `http://localhost:3000/settings/api-keys/${soon.id}`,
  )
})

it('is silent about a key that has ended', async () => {
  world.deps.clock.advance(7 * dayMs)
  // The one that had time ends within a day now.
  expect(await warnKeys(world.deps)).toBe(1)
  expect(await told()).toHaveLength(2)
})
