import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { type TestDeps, testDeps } from '../../tests/test-deps'
import { newId } from '../core/ids'
import { landedPage, refusedLanding } from './landed-page'

let database: TestDatabase
let t: TestDeps
beforeAll(async () => {
  database = await testDatabase()
  t = await testDeps(database)
})
afterAll(async () => {
  await t.close()
  await database.close()
})

async function createApp(name: string, baseUrl: string): Promise<string> {
  const id = newId('providerApp', t.deps.clock.now().getTime(), t.deps.random.bytes(10))
  await t.deps.db.providerApp.create({
    data: {
      id,
      slug: id,
      provider: 'outreach',
      environment: 'production',
      origin: 'settings',
      name,
      grants: ['s2s'],
      baseUrl,
    },
  })
  return id
}

async function createInstall(
  appId: string,
  reference: string,
  state: 'waiting' | 'accepted' | 'refused' | 'uninstalled',
): Promise<void> {
  const id = newId('install', t.deps.clock.now().getTime(), t.deps.random.bytes(10))
  await t.deps.db.install.create({
    data: {
      id,
      provider: 'outreach',
      appId,
      externalInstallId: id,
      state,
      reference,
      orgName: 'Acme Robotics',
      learntFrom: 'landing',
    },
  })
}

it('tells the visitor what became of the install, however the reference is typed', async () => {
  const appId = await createApp('Pipeline Sync', 'https://api.outreach.io')
  await createInstall(appId, '7KQ2-XF0M', 'waiting')
  expect(await landedPage(t.deps, ' 7kq2xfom ')).toEqual({
    reference: '7KQ2-XF0M',
    state: 'waiting',
    appName: 'Pipeline Sync',
    orgName: 'Acme Robotics',
    backUrl: 'https://accounts.outreach.io',
  })
})

it.each([
  ['accepted', 'connected'],
  ['refused', 'declined'],
  ['uninstalled', 'uninstalled'],
] as const)('calls an install that is %s "%s"', async (stored, state) => {
  const appId = await createApp('Pipeline Sync', 'https://api.outreach.io')
  const reference = { accepted: '1111-0001', refused: '1111-0002', uninstalled: '1111-0003' }[stored]
  await createInstall(appId, reference, stored)
  expect((await landedPage(t.deps, reference))?.state).toBe(state)
})

it('finds nothing for a reference that names no install or is none', async () => {
  expect(await landedPage(t.deps, '0000-0000')).toBeNull()
  expect(await landedPage(t.deps, "' OR 1=1")).toBeNull()
})

it('explains a refusal in our own words, whatever the URL says', async () => {
  const foreign = await refusedLanding(t.deps, 'setup_token_foreign')
  expect(foreign.words).toContain('belongs to another app')
  const odd = await refusedLanding(t.deps, '<b>constructor</b>')
  expect(odd).toEqual(await refusedLanding(t.deps, 'setup_token_invalid'))
  expect(odd.words).not.toContain('constructor')
})

it('offers a way back only where there is one place to go back to', async () => {
  await t.deps.db.providerApp.updateMany({ data: { hiddenAt: t.deps.clock.now() } })
  expect((await refusedLanding(t.deps, 'conflict')).backUrl).toBeNull()
  await createApp('One', 'http://127.0.0.1:3001')
  expect((await refusedLanding(t.deps, 'conflict')).backUrl).toBe('http://127.0.0.1:3001')
  await createApp('Two', 'https://api.outreach.io')
  expect((await refusedLanding(t.deps, 'conflict')).backUrl).toBeNull()
})
