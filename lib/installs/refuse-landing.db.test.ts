import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { refuseInstall } from './refuse-install'
import { createTestApp } from './testing/install-bench'
import { s2sWorld } from './testing/s2s-world'

const { at, installAt, addToken, land, installs, connections } = s2sWorld()

async function expectNothingStored() {
  expect([await installs(), await connections()]).toEqual([[], []])
}

describe('a landing that is refused', () => {
  it('is told for a forged and for an expired token, which is asked about once', async () => {
    const { id, token } = installAt('90')
    addToken(token, id, 'expired')
    for (const wrong of ['forged-token-1', token]) {
      const outcome = await land(wrong)
      expect(outcome).toMatchObject({ kind: 'refused', code: 'setup_token_invalid' })
      expect(await land(wrong)).toEqual(outcome)
    }
    expect(at.outreach.callsOf('setupToken')).toBe(2)
    await expectNothingStored()
  })

  it('is told for the token of another app, here and by Outreach', async () => {
    const { token } = installAt('91', 'Elsewhere', randomUUID())
    expect(await land(token)).toMatchObject({ kind: 'refused', code: 'setup_token_foreign' })
    await expectNothingStored()

    const mine = installAt('92').token
    await land(mine)
    const other = await createTestApp(
      at.deps,
      {
        slug: `other-${at.appId}`,
        provider: 'outreach',
        grants: ['s2s'],
        baseUrl: at.outreach.url,
        s2sGuid: randomUUID(),
      },
      { s2sPrivateKey: at.outreach.privateKeyPem },
    )
    const calls = at.outreach.state.calls.length
    expect(await land(mine, null, { slug: `other-${at.appId}` })).toMatchObject({
      code: 'setup_token_foreign',
    })
    expect(at.outreach.state.calls.length).toBe(calls)
    expect(await at.deps.db.install.count({ where: { appId: other } })).toBe(0)
  })

  it('is told for an unknown app and for what cannot be a setup token, without asking anybody', async () => {
    for (const slug of ['nowhere', 'no\u0000where', ''])
      expect(await land('any-setup-token', null, { slug })).toMatchObject({ code: 'not_found' })
    for (const wrong of ['', '..', 'a b', 'x'.repeat(5000), '<script>alert(1)</script>', 'tok\u0000en']) {
      expect(await land(wrong)).toMatchObject({ kind: 'refused', code: 'setup_token_invalid' })
    }
    expect(at.outreach.state.calls).toEqual([])
    await expectNothingStored()
  })

  it('is told for an app that is still a draft, which is not marked as faulty', async () => {
    const draft = await createTestApp(
      at.deps,
      { slug: `draft-${at.appId}`, provider: 'outreach', grants: ['s2s'], baseUrl: at.outreach.url },
      {},
    )
    expect(await land('some-setup-token', null, { slug: `draft-${at.appId}` })).toMatchObject({
      code: 'provider_app_incomplete',
    })
    expect(await at.deps.db.providerApp.findUnique({ where: { id: draft } })).toMatchObject({ faultAt: null })
  })

  it.each([
    ['HTML', (r: ServerResponse) => r.writeHead(200, { 'content-type': 'text/html' }).end('<html>hi')],
    ['nothing', (r: ServerResponse) => r.writeHead(204).end()],
    ['a cut connection', (r: ServerResponse) => r.destroy()],
    ['5 MB', (r: ServerResponse) => r.writeHead(200).end('x'.repeat(5_000_000))],
    ['429', (r: ServerResponse) => r.writeHead(429).end('Retry later\n')],
    ['500', (r: ServerResponse) => r.writeHead(500).end('oops')],
  ])('when Outreach answers %s can be tried again with the same link', async (_, answer) => {
    const { token } = installAt('93')
    at.outreach.state.instead.push({ action: 'setupToken', answer })
    expect(await land(token)).toMatchObject({ kind: 'refused', code: 'provider_unreachable' })
    await expectNothingStored()
    expect(await at.deps.db.setupTokenUse.count({ where: { appId: at.appId } })).toBe(0)
    expect(await land(token)).toMatchObject({ kind: 'waiting' })
  })

  it('is told when Outreach’s answer names no install, and stored for good', async () => {
    const { token } = installAt('94')
    at.outreach.state.instead.push({
      action: 'setupToken',
      answer: (r) =>
        r.writeHead(200).end(JSON.stringify({ data: { type: 'user', id: '1', relationships: {} } })),
    })
    expect(await land(token)).toMatchObject({ code: 'provider_answer_invalid' })
    await expectNothingStored()
  })

  it('marks the app when Outreach refuses its key, and the link works again once it is right', async () => {
    const { token } = installAt('95')
    const { guid } = at.outreach.state
    at.outreach.state.guid = randomUUID()
    expect(await land(token)).toMatchObject({ code: 'app_misconfigured' })
    const app = () => at.deps.db.providerApp.findUniqueOrThrow({ where: { id: at.appId } })
    expect((await app()).faultAt).not.toBeNull()
    at.outreach.state.guid = guid
    expect(await land(token)).toMatchObject({ kind: 'waiting' })
    expect((await app()).faultAt).toBeNull()
  })

  it('is told when the install gives no token, and nothing is stored', async () => {
    const { id, token } = installAt('96')
    at.outreach.state.instead.push({
      action: 'accessToken',
      answer: (r) => r.writeHead(404).end('{"errors":[{"id":"gone"}]}'),
    })
    expect(await land(token, at.admin)).toMatchObject({ code: 'provider_refused' })
    await expectNothingStored()
    expect(at.outreach.state.installs.has(id)).toBe(true)
  })

  it('is told when the token answer names another org, and nothing is stored', async () => {
    const { token } = installAt('97')
    at.outreach.state.instead.push({
      action: 'accessToken',
      answer: (r) =>
        r.writeHead(200).end(
          JSON.stringify({
            data: {
              type: 'install',
              id: 'x',
              relationships: { org: { data: { type: 'org', id: 'another' } } },
              meta: { accessToken: 'foreign-access-token' },
            },
          }),
        ),
    })
    expect(await land(token, at.admin)).toMatchObject({ code: 'provider_answer_invalid' })
    await expectNothingStored()
  })

  it('is told for an install that an admin has refused, until an admin brings it himself', async () => {
    const { id, token } = installAt('98')
    await land(token)
    const [install] = await installs()
    await refuseInstall(at.deps, at.admin, { installId: install?.id ?? '' })
    expect(await land(token)).toMatchObject({ kind: 'refused', code: 'forbidden' })
    addToken('again-token', id)
    const mints = at.outreach.callsOf('accessToken')
    expect(await land('again-token')).toMatchObject({ kind: 'refused', code: 'forbidden' })
    expect(at.outreach.callsOf('accessToken')).toBe(mints)
    addToken('third-token', id)
    expect(await land('third-token', at.admin)).toMatchObject({ kind: 'connected' })
  })
})

describe('the throttle', () => {
  it('lets ten tokens a minute and address pass, and starts anew', async () => {
    const from = (address: string) => (n: number) => land(`guess-number-${address}-${n}`, null, { address })
    const mine = from('198.51.100.1')
    for (let n = 0; n < 10; n += 1) expect(await mine(n)).toMatchObject({ code: 'setup_token_invalid' })
    const calls = at.outreach.state.calls.length
    expect(await mine(10)).toMatchObject({ code: 'too_many_requests', retryAt: expect.any(Date) })
    expect(at.outreach.state.calls.length).toBe(calls)
    expect(await from('198.51.100.2')(0)).toMatchObject({ code: 'setup_token_invalid' })
    at.deps.clock.advance(60_000)
    expect(await mine(11)).toMatchObject({ code: 'setup_token_invalid' })
  })

  it('counts the addresses of one IPv6 network as one', async () => {
    for (let n = 0; n < 10; n += 1)
      await land(`guess-of-a-network-${n}`, null, { address: `2001:db8:1:2::${n + 1}` })
    expect(await land('guess-of-a-network-10', null, { address: '2001:db8:1:2:ffff::1' })).toMatchObject({
      code: 'too_many_requests',
    })
  })

  it('lets sixty a minute pass in all', async () => {
    const outcomes: string[] = []
    for (let n = 0; n < 62; n += 1) {
      const outcome = await land(`spread-guess-${n}`, null, { address: `192.0.2.${n}` })
      outcomes.push(outcome.kind === 'refused' ? outcome.code : outcome.kind)
    }
    expect(outcomes.slice(0, 60)).toEqual(Array(60).fill('setup_token_invalid'))
    expect(outcomes.slice(60)).toEqual(['too_many_requests', 'too_many_requests'])
  })
})
