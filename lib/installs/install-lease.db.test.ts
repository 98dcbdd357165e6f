import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import type { Deps } from '../deps'
import { withInstallLease } from './install-lease'

let database: TestDatabase
let deps: Pick<Deps, 'db' | 'random'>
beforeAll(async () => {
  database = await testDatabase()
  deps = { db: database.db, random: { bytes: (count) => randomBytes(count) } }
})
afterAll(async () => {
  await database.close()
})

const key = { appId: 'app_1', externalInstallId: '10/00' }

it('lets one arrival of an install run at a time and leaves no row behind', async () => {
  let running = 0
  let most = 0
  const arrive = () =>
    withInstallLease(deps, key, 10_000, async () => {
      running += 1
      most = Math.max(most, running)
      await database.db.$queryRaw`SELECT 1`
      running -= 1
      return 'done'
    })
  const ends = await Promise.all([arrive(), arrive(), arrive()])
  expect(ends).toEqual(Array(3).fill({ kind: 'done', value: 'done' }))
  expect(most).toBe(1)
  expect(await database.db.installLease.count()).toBe(0)
})

it('is given back when the arrival fails', async () => {
  const failing = withInstallLease(deps, key, 0, () => Promise.reject(new Error('no')))
  await expect(failing).rejects.toThrow('no')
  expect(await withInstallLease(deps, key, 0, async () => 1)).toEqual({ kind: 'done', value: 1 })
})

it('tells who does not want to wait, and does not hold up another install', async () => {
  const nested = await withInstallLease(deps, key, 0, async () => [
    await withInstallLease(deps, key, 0, async () => 'twice'),
    await withInstallLease(deps, { ...key, externalInstallId: '2' }, 0, async () => 'other'),
  ])
  expect(nested).toEqual({ kind: 'done', value: [{ kind: 'busy' }, { kind: 'done', value: 'other' }] })
})

it('is taken over from a process that died', async () => {
  await database.db.installLease.create({ data: { ...key, owner: 'dead', until: new Date(0) } })
  expect(await withInstallLease(deps, key, 0, async () => 1)).toEqual({ kind: 'done', value: 1 })
})
