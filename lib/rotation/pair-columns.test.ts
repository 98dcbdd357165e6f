import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { Secret } from '../core/secret'
import { openVault, type StoredDataKey } from '../vault/open-vault'
import { pairColumns } from './pair-columns'

const hour = 3_600_000
const now = new Date('2026-09-01T12:00:00Z')
const after = (ms: number) => new Date(now.getTime() + ms)
const policy = {
  accessTtlMs: hour,
  refreshTtlMs: 24 * hour,
  marginMs: 60_000,
  mintIntervalMs: null,
  keepAliveMs: null,
}

async function columnsOf(grant: { refreshToken: Secret | null; mints: boolean }) {
  const random = { bytes: (count: number) => randomBytes(count) }
  const rows: StoredDataKey[] = []
  const vault = await openVault({
    masterKeys: [{ id: 'a', key: Secret.of(randomBytes(32).toString('base64')) }],
    store: { ensureFirst: async (make) => void rows.push(make()), list: async () => rows },
    random,
    newKeyId: () => 'key_1',
  })
  const tokens = {
    accessToken: Secret.of('an access token'),
    refreshToken: grant.refreshToken,
    accessExpiresAt: null,
    refreshExpiresAt: null,
    scopes: null,
    account: {},
  }
  const clock = { now: () => now, sleep: async () => {} }
  return pairColumns(
    { vault, random, clock },
    {
      connectionId: 'con_1',
      kind: 'code',
      tokens,
      policy,
      mints: grant.mints,
      before: null,
      lastUsedAt: null,
    },
  )
}

test('a person must have connected again before the refresh token ends', async () => {
  const refreshToken = Secret.of('a refresh token')
  for (const mints of [true, false])
    expect((await columnsOf({ refreshToken, mints })).reconnectBy).toEqual(after(24 * hour))
})

test('a consent without a refresh token ends with its access token', async () => {
  expect((await columnsOf({ refreshToken: null, mints: false })).reconnectBy).toEqual(after(hour))
})

test('a grant that mints has no end but that of a refresh token', async () => {
  expect((await columnsOf({ refreshToken: null, mints: true })).reconnectBy).toBeNull()
})
