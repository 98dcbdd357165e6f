import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makePeople, type People } from '../auth/test-people'
import type { UserActor } from '../core/actor'
import { createKey, type NewKey } from './create-key'
import { revokeKey } from './revoke-key'

let people: People
let admin: UserActor
beforeAll(async () => {
  people = await makePeople()
  admin = await people.makePerson('Root', 'admin')
})
afterAll(() => people.close())

const wanted: NewKey = {
  name: 'Nightly export',
  scopes: ['tokens:read'],
  providers: [],
  connectionIds: [],
  expiresAt: null,
  requestsPerMinute: null,
}

describe('an API key', () => {
  test('opens the door to whoever shows it, by any spelling of the scheme, until it is revoked', async () => {
    const { deps } = people
    const { id, key } = await createKey(deps, admin, wanted)
    for (const scheme of ['Bearer', 'bearer', 'BEARER ']) {
      const holder = await deps.keys.check(`${scheme} ${key.reveal()}`)
      expect(holder).toMatchObject({ id, name: 'Nightly export', scopes: ['tokens:read'] })
    }
    await revokeKey(deps, admin, { keyId: id })
    await expect
      .poll(() => deps.keys.check(`Bearer ${key.reveal()}`).catch((error: unknown) => error))
      .toMatchObject({ code: 'key_invalid', detail: { reason: 'revoked' } })
  })
})
