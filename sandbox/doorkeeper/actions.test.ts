import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SandboxRefusal } from '../kernel/action'
import { testContext } from '../kernel/test-context'
import { readTokens, type TestServer, testServer } from './test-server'

let server: TestServer
let folder: string
beforeEach(() => {
  server = testServer()
  folder = mkdtempSync(join(tmpdir(), 'sandbox-doorkeeper-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const run = (name: string, input: unknown = {}) => server.doorkeeper.actions[name]?.run(input)

describe('the controls', () => {
  it('let access tokens expire, and the refresh goes on', async () => {
    const tokens = await server.connect()
    expect(await run('expire')).toEqual({ pairs: 1 })
    expect(await server.use(tokens.access_token)).toBe(401)
    await server.trade(tokens.refresh_token)
  })

  it('let both halves expire', async () => {
    const tokens = await server.connect()
    await run('expire', { what: 'both' })
    expect(await server.use(tokens.access_token)).toBe(401)
    expect((await server.refresh(tokens.refresh_token)).status).toBe(400)
  })

  it('revoke one person or one app, and nobody else', async () => {
    const tokens = await server.connect()
    expect(await run('revoke', { person: 'bo@two.example' })).toEqual({ pairs: 0 })
    expect(await run('revoke', { app: 'app-2' })).toEqual({ pairs: 0 })
    expect(await server.use(tokens.access_token)).toBe(200)
    expect(await run('revoke', { person: '1', app: 'app-1' })).toEqual({ pairs: 1 })
    expect(await server.use(tokens.access_token)).toBe(401)
  })

  it('cut scopes from tokens and from what is refreshed from them', async () => {
    const tokens = await server.connect()
    expect(await run('cut-scopes', { scopes: 'users.read' })).toEqual({ pairs: 1 })
    expect(await server.use(tokens.access_token)).toBe(403)
    expect((await server.trade(tokens.refresh_token)).scope).toBe('prospects.read')
  })

  it('leave a suspended person with tokens that wake up again', async () => {
    const asleep = new Set<string>()
    server = testServer({ suspended: (ownerId) => asleep.has(ownerId) })
    const tokens = await server.connect()
    asleep.add('1')
    expect(await server.use(tokens.access_token)).toBe(401)
    expect((await server.refresh(tokens.refresh_token)).status).toBe(400)
    asleep.clear()
    expect(await server.use(tokens.access_token)).toBe(200)
    await server.trade(tokens.refresh_token)
  })

  it('let codes expire', async () => {
    const code = await server.code()
    await run('expire-codes')
    expect((await server.exchange(code)).status).toBe(400)
  })

  it('refuse names that nobody here has', async () => {
    await expect(run('revoke', { person: 'nobody@nowhere.example' })).rejects.toBeInstanceOf(SandboxRefusal)
    await expect(run('expire', { app: 'nothing' })).rejects.toBeInstanceOf(SandboxRefusal)
  })
})

describe('what was answered', () => {
  it('is known after the process was killed right then', async () => {
    const kept = () => testServer({}, testContext('outstand', { folder }))
    server = kept()
    const tokens = await readTokens(await server.exchange(await server.code()))
    server = kept()
    expect(await server.use(tokens.access_token)).toBe(200)
    await server.trade(tokens.refresh_token)
  })

  it('is told to the ledger of issued secrets, and not to the call log', async () => {
    const told: string[] = []
    server = testServer(
      {},
      testContext('outstand', { issued: (kind, value) => told.push(`${kind} ${value}`) }),
    )
    const tokens = await server.connect()
    expect(told).toContain(`access_token ${tokens.access_token}`)
    expect(told).toContain(`refresh_token ${tokens.refresh_token}`)
    expect(told.filter((line) => line.startsWith('code '))).toHaveLength(1)
    const log = JSON.stringify(server.context.calls.recent())
    for (const line of told) expect(log).not.toContain(line.split(' ')[1])
  })

  it('begins anew on reset', async () => {
    server = testServer({}, testContext('outstand', { folder }))
    const tokens = await server.connect()
    await server.context.reset()
    expect(await server.use(tokens.access_token)).toBe(401)
    expect(readFileSync(join(folder, 'outstand.oauth.json'), 'utf8')).not.toContain(tokens.access_token)
    await server.connect()
  })
})
