import { importPKCS8, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { SandboxRefusal } from '../../kernel/action'
import { startReceiver } from '../s2s/webhook-receiver'
import { INES, MIRA, startOutreach } from '../test-outreach'

let receiver: Awaited<ReturnType<typeof startReceiver>>
let t: ReturnType<typeof startOutreach>
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.close())
beforeEach(() => {
  receiver.received.length = 0
  t = startOutreach({ appUrl: receiver.appUrl })
})
const prod = () => t.appOf('sandbox-outreach-prod')
const events = () => receiver.received.map((one) => JSON.parse(one.body).meta.eventName)

it('every control that the design names is there', () => {
  expect(Object.keys(t.outreach.actions)).toEqual(
    expect.arrayContaining([
      'expire',
      'revoke',
      'rotation-mode',
      'lock-org',
      'unlock-org',
      'install',
      'reconfigure',
      'uninstall',
      'delete-org',
      'send-event',
      'lapse',
      'slow',
      'answer-429',
      'answer-5xx',
      'lose-answer',
      'cut-scopes',
      'app-scopes',
      'settings',
      'rate-headers',
      'remaining',
      'maintenance',
    ]),
  )
})

describe('installs', () => {
  it('are made once for a company and told by webhook', async () => {
    const made = await t.run('install', { org: 'juniperoak' })
    expect(made).toEqual({
      installId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      open: expect.stringContaining('/configure/'),
    })
    await expect(t.run('install', { org: 'juniperoak' })).rejects.toThrow(SandboxRefusal)
    expect(events()).toEqual(['install.created'])
  })

  it('are reconfigured, uninstalled and asked about only where there is one', async () => {
    for (const action of ['reconfigure', 'uninstall', 'send-event'])
      await expect(t.run(action, { org: 'juniperoak' })).rejects.toThrow(SandboxRefusal)
    await t.run('install', { org: 'juniperoak' })
    await t.run('reconfigure', { org: 'juniperoak' })
    await t.run('uninstall', { org: 'juniperoak' })
    expect(events()).toEqual(['install.created', 'install.reconfigured', 'install.deleted'])
  })

  it('get any event, of an unknown name, of an unknown install or a second time', async () => {
    await t.run('install', { org: 'juniperoak' })
    await t.run('send-event', { org: 'juniperoak', eventName: 'install.polished', id: 'one' })
    await t.run('send-event', { installId: 'nobody', id: 'one' })
    expect(events()).toEqual(['install.created', 'install.polished', 'install.updated'])
    expect(receiver.received.slice(1).map((one) => one.headers.get('outreach-webhook-id'))).toEqual([
      'one',
      'one',
    ])
    expect(JSON.parse(receiver.received[2]?.body ?? '').data.id).toBe('nobody')
  })

  it('end with their company, which says so by webhook', async () => {
    await t.run('install', { org: 'juniperoak' })
    expect(await t.run('delete-org', { org: 'juniperoak' })).toMatchObject({ delivery: { status: 200 } })
    expect(await t.run('delete-org', { org: 'copperfield' })).toEqual({ delivery: null })
    expect(events()).toEqual(['install.created', 'install.deleted'])
    expect(t.outreach.overview()).toMatchObject({ deletedCompanies: ['juniperoak', 'copperfield'] })
  })

  it('are not possible for a company that does not exist', async () => {
    await expect(t.run('install', { org: 'nobody' })).rejects.toThrow('Invalid')
  })
})

it('setup tokens that are out expire when told', async () => {
  const { open } = (await t.run('install', { order: 'landing_only' })) as { open: string }
  const landing = (await t.server.request(new URL(open).pathname)).headers.get('location') ?? ''
  const token = new URL(landing).searchParams.get('installSetupToken')
  const { s2sGuid, s2sPrivateKeyPem } = t.appOf('sandbox-outreach-s2s')
  const iat = t.context.clock.nowS()
  const jwt = await new SignJWT({ iss: s2sGuid ?? '', iat, exp: iat + 600 })
    .setProtectedHeader({ alg: 'RS256' })
    .sign(await importPKCS8(s2sPrivateKeyPem ?? '', 'RS256'))
  const validate = () =>
    t.server.request(`/api/app/installs/${encodeURIComponent(token ?? '')}/actions/setupToken`, {
      method: 'POST',
      headers: { authorization: `Bearer ${jwt}` },
    })
  expect((await validate()).status).toBe(200)
  await t.run('expire-setup-tokens')
  expect((await validate()).status).toBe(404)
})

describe('companies', () => {
  it('are locked and come back by themselves', async () => {
    const { access_token } = await t.connect(prod(), INES)
    await t.run('lock-org', { org: 'copperfield' })
    expect((await t.api(access_token)).status).toBe(403)
    await t.run('unlock-org', { org: 'copperfield' })
    expect((await t.api(access_token)).status).toBe(200)
  })
})

describe('limits', () => {
  it('are spent for one person, through every app', async () => {
    const mira = await t.connect(prod(), MIRA)
    const other = await t.connect(t.appOf('sandbox-outreach-dev'), MIRA)
    const ines = await t.connect(prod(), INES)
    await t.run('remaining', { person: MIRA, left: 1 })
    expect((await t.api(mira.access_token)).headers.get('x-ratelimit-remaining')).toBe('0')
    expect((await t.api(other.access_token)).status).toBe(429)
    expect((await t.api(ines.access_token)).status).toBe(200)
    await t.run('remaining', { left: 0 })
    expect((await t.api(ines.access_token)).status).toBe(429)
    expect(t.outreach.overview()).toMatchObject({ requestsLeft: { 'person/2001': 0 } })
  })

  it('are written in another form when told', async () => {
    const { access_token } = await t.connect(prod(), MIRA)
    await t.run('rate-headers', { remaining: 'two', reset: 'delta' })
    const answer = await t.api(access_token)
    expect(answer.headers.get('x-ratelimit-remaining')).toBe('9999, 999999')
    expect(answer.headers.get('x-ratelimit-reset')).toBe('3600')
    await t.run('rate-headers', { reset: 'epoch' })
    expect((await t.api(access_token)).headers.get('x-ratelimit-remaining')).toContain(',')
  })

  it('give way to a maintenance, until it is over', async () => {
    const { access_token } = await t.connect(prod(), MIRA)
    await t.run('maintenance', { minutes: 30 })
    const answer = await t.api(access_token)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('2026-01-05T10:30:00.000Z')
    await t.run('maintenance', { minutes: 0 })
    expect((await t.api(access_token)).status).toBe(200)
  })
})

describe('faults', () => {
  it('hit the token endpoint, S2S mints among it, or the API', async () => {
    const { access_token, refresh_token } = await t.connect(prod(), MIRA)
    await t.run('answer-5xx', { on: 'token', status: 502 })
    expect((await t.api(access_token)).status).toBe(200)
    expect((await t.refreshLater(prod(), refresh_token)).status).toBe(502)
    await t.run('answer-5xx', { on: 'token', status: 500 })
    const mint = await t.server.request('/api/app/installs/x/actions/accessToken', { method: 'POST' })
    expect(mint.status).toBe(500)
    await t.run('answer-429', { on: 'api' })
    const limited = await t.api(access_token)
    expect([limited.status, await limited.text()]).toEqual([429, 'Retry later\n'])
  })

  it('lose an answer after the work was done', async () => {
    await t.run('rotation-mode', { mode: 'immediate' })
    const { refresh_token } = await t.connect(prod(), MIRA)
    await t.run('lose-answer')
    await t.refreshLater(prod(), refresh_token)
    expect((await t.refreshLater(prod(), refresh_token)).status).toBe(400)
  })
})

it('settings and scopes that do not exist are refused', async () => {
  await expect(t.run('settings', { reset: 'sundial' })).rejects.toThrow('Invalid')
  await expect(t.run('app-scopes', { scopes: 'users.read nothing.read' })).rejects.toThrow('nothing.read')
  await expect(t.run('app-scopes', { app: 'sandbox-outreach-s2s', scopes: 'stages.read' })).rejects.toThrow(
    'S2S does not reach',
  )
})
