import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../tests/database'
import { type TestDeps, testDeps } from '../../tests/test-deps'
import { Secret } from '../core/secret'
import { openApp } from './open-app'
import { type SecretField, sealedFields, sealField } from './sealed-fields'

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

const fields = Object.keys(sealedFields) as SecretField[]

async function makeApp(id: string, more: Partial<Record<string, string | null>> = {}): Promise<void> {
  const sealed = Object.fromEntries(
    fields.map((field) => [
      sealedFields[field].property,
      sealField(t.deps.vault, id, field, Secret.of(`${field} of ${id}`)),
    ]),
  )
  await t.deps.db.providerApp.create({
    data: {
      id,
      slug: id,
      provider: 'outstand',
      environment: 'production',
      origin: 'settings',
      name: id,
      grants: ['oauth_code'],
      baseUrl: 'https://app.outstand.com',
      ...sealed,
      ...more,
    },
  })
}

it('opens each secret that was sealed for it', async () => {
  await makeApp('app_whole')
  const app = await openApp(t.deps, 'app_whole')
  for (const field of fields) expect(app[field]?.reveal()).toBe(`${field} of app_whole`)
  expect(Object.keys(app).filter((key) => key.endsWith('Sealed'))).toEqual([])
})

it('has null for a secret that is not there', async () => {
  await makeApp('app_draft', { clientSecretSealed: null, webhookSecretSealed: null })
  expect(await openApp(t.deps, 'app_draft')).toMatchObject({ clientSecret: null, webhookSecret: null })
})

it('opens a hidden app as well', async () => {
  await makeApp('app_hidden')
  await t.deps.db.providerApp.update({
    where: { id: 'app_hidden' },
    data: { hiddenAt: t.deps.clock.now() },
  })
  expect((await openApp(t.deps, 'app_hidden')).clientSecret).not.toBeNull()
})

it('opens no ciphertext that was moved here from another app or another column', async () => {
  const foreign = sealField(t.deps.vault, 'app_whole', 'clientSecret', Secret.of('foreign'))
  await makeApp('app_row', { clientSecretSealed: foreign })
  await expect(openApp(t.deps, 'app_row')).rejects.toMatchObject({ code: 'secret_unreadable' })
  const column = sealField(t.deps.vault, 'app_column', 'webhookSecret', Secret.of('other column'))
  await makeApp('app_column', { clientSecretSealed: column })
  await expect(openApp(t.deps, 'app_column')).rejects.toMatchObject({ code: 'secret_unreadable' })
})

it('says so when there is no such app', async () => {
  await expect(openApp(t.deps, 'app_0')).rejects.toMatchObject({ code: 'not_found' })
})
