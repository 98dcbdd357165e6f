import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { testContext } from '../../kernel/test-context'
import { readyApps } from '../apps'
import { initialState, type Switches } from '../state'
import { installRoutes } from './install-routes'
import { LATE_WEBHOOK_MS } from './life-of-install'
import { startReceiver } from './webhook-receiver'

const ADMIN = 2001
const MEMBER = 2002
let receiver: Awaited<ReturnType<typeof startReceiver>>
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.close())

function start() {
  const context = testContext('outreach', { appUrl: receiver.appUrl })
  const store = context.openStore('state', { version: 1, initial: initialState })
  const { s2s: app } = readyApps(context, () => undefined)
  const routes = installRoutes({ context, store, app, signingKey: 'key' })
  return { context, state: store.state, app, routes, path: new URL(app.installUrl ?? '').pathname }
}
let outreach: ReturnType<typeof start>
beforeEach(() => {
  outreach = start()
  receiver.received.length = 0
})

const show = (query = '') => outreach.routes.request(`${outreach.path}${query}`)
const press = (act: string, person = ADMIN) =>
  outreach.routes.request(outreach.path, {
    method: 'POST',
    body: new URLSearchParams({ act, person: String(person) }),
  })
const events = () => receiver.received.map((one) => JSON.parse(one.body).meta.eventName)
const landingOf = (answer: Response) => new URL(answer.headers.get('location') ?? '')
const order = (installOrder: Switches['installOrder']) =>
  Object.assign(outreach.state.switches, { installOrder })

describe('the install link', () => {
  it('asks for the company, then for the person, then shows what the app reaches', async () => {
    expect(await (await show()).text()).toContain('Copperfield Logistics')
    expect(await (await show('?org=copperfield')).text()).toContain('ines.brandt@copperfield.example')
    const confirm = await (await show(`?person=${ADMIN}`)).text()
    expect(confirm).toContain('prospects.read')
    expect(confirm).toContain('>Install<')
  })

  it('is for admins only, and not for a locked company', async () => {
    expect(await (await show(`?person=${MEMBER}`)).text()).toContain('Only an admin')
    expect(await (await press('install', MEMBER)).text()).toContain('Only an admin')
    outreach.state.lockedOrgs = [202]
    expect(await (await press('install')).text()).toContain('cannot sign in')
    expect(outreach.state.installs).toEqual([])
    expect(events()).toEqual([])
  })

  it('knows only its own app', async () => {
    expect(await (await outreach.routes.request('/apps/other/install')).text()).toContain('Unknown app')
  })
})

describe('an install', () => {
  it('sends the webhook, then the browser to the landing URL with a setup token', async () => {
    const answer = await press('install')
    expect(events()).toEqual(['install.created'])
    expect(answer.status).toBe(303)
    const landing = landingOf(answer)
    expect(landing.origin + landing.pathname).toBe(`${receiver.appUrl}/outreach/setup/sandbox-outreach-s2s`)
    expect(landing.searchParams.get('installSetupToken')).toMatch(/^[\w-]{43}$/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(outreach.state.installs).toMatchObject([{ orgId: 202, installedById: ADMIN, deletedAtMs: null }])
  })

  it('can send the browser first and the webhook later', async () => {
    order('landing_first')
    expect((await press('install')).status).toBe(303)
    expect(events()).toEqual([])
    outreach.context.clock.advance(LATE_WEBHOOK_MS)
    await outreach.context.schedule.idle()
    expect(events()).toEqual(['install.created'])
  })

  it('can send both at once', async () => {
    order('at_once')
    expect((await press('install')).status).toBe(303)
    await outreach.context.schedule.idle()
    expect(events()).toEqual(['install.created'])
  })

  it('can leave out the landing, or the webhook', async () => {
    order('webhook_only')
    expect((await press('install')).headers.has('location')).toBe(false)
    expect(events()).toEqual(['install.created'])
    outreach = start()
    receiver.received.length = 0
    order('landing_only')
    expect((await press('install')).status).toBe(303)
    await outreach.context.schedule.idle()
    expect(events()).toEqual([])
  })

  it('pressed twice is one install, with a fresh setup token', async () => {
    const [first, second] = [landingOf(await press('install')), landingOf(await press('install'))]
    expect(second.href).not.toBe(first.href)
    expect(outreach.state.installs).toHaveLength(1)
    expect(events()).toEqual(['install.created'])
  })
})

describe('an installed app', () => {
  it('is configured again with an event of its own name and a fresh setup token', async () => {
    const first = landingOf(await press('install'))
    const again = landingOf(await press('reconfigure'))
    expect(again.searchParams.get('installSetupToken')).not.toBe(first.searchParams.get('installSetupToken'))
    expect(events()).toEqual(['install.created', 'install.reconfigured'])
  })

  it('is visited from Outreach with a fresh setup token and without an event', async () => {
    await press('install')
    const [install] = outreach.state.installs
    const configure = `/apps/${outreach.app.s2sGuid}/configure/${install?.guid}`
    const answer = await outreach.routes.request(configure)
    expect(landingOf(answer).searchParams.has('installSetupToken')).toBe(true)
    expect(events()).toEqual(['install.created'])
    await press('uninstall')
    expect((await outreach.routes.request(configure)).headers.has('location')).toBe(false)
  })

  it('is uninstalled with install.deleted, and installed again as another install', async () => {
    await press('install')
    expect(await (await press('uninstall')).text()).toContain('was removed')
    await press('install')
    expect(events()).toEqual(['install.created', 'install.deleted', 'install.created'])
    const guids = outreach.state.installs.map((install) => install.guid)
    expect(new Set(guids).size).toBe(2)
  })

  it('cannot be reconfigured or uninstalled where it is not installed', async () => {
    for (const act of ['reconfigure', 'uninstall'])
      expect(await (await press(act)).text()).toContain('does not have this app')
    expect(events()).toEqual([])
  })
})
