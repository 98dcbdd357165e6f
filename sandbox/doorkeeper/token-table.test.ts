import { describe, expect, it } from 'vitest'
import { TEST_CLIENT, testServer } from './test-server'

describe('the table of tokens', () => {
  it('forgets the oldest dead rows and never a live one', async () => {
    const server = testServer()
    const first = await server.connect()
    const request = { client: TEST_CLIENT, ownerId: '2', grantType: 'authorization_code' } as const
    for (let n = 0; n < 5_001; n += 1) server.doorkeeper.issue(request, ['users.read'])
    await server.doorkeeper.revoke({ ownerId: '2' })
    const last = server.doorkeeper.issue(request, ['users.read'])
    expect(server.doorkeeper.tokens()).toHaveLength(1 + 5_001 - 1_250 + 1)
    expect(await server.use(first.access_token)).toBe(200)
    expect(await server.use(last.accessToken)).toBe(200)
    await server.trade(first.refresh_token)
  })
})
