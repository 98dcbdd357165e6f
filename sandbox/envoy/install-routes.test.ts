import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  agree,
  routeOf,
  startTestApp,
  startTestEnvoy,
  type TestApp,
  TestBrowser,
  type TestEnvoy,
} from './test-envoy'

const PLUGIN = 'sandbox-envoy-plugin'
const STORE = `/app-store/${PLUGIN}`
const STEP = '/installs/1000000/steps/0'
let app: TestApp
let test: TestEnvoy
let browser: TestBrowser

beforeEach(async () => {
  app = await startTestApp()
  test = startTestEnvoy({ appUrl: app.url })
  browser = new TestBrowser(test.envoy)
})

afterEach(() => app.close())

async function begin(person = '7001', location = '20011'): Promise<string> {
  await browser.signIn(person)
  return (await browser.post(STORE, { location })).headers.get('location') ?? ''
}

async function install(): Promise<void> {
  await browser.post(await begin(), { 'display-name': 'Lobby' })
}

function exchange(installId: number): Promise<Response> {
  return test.token(PLUGIN, { grant_type: 'plugin_install', install_id: installId })
}

describe('the install page', () => {
  it('is where installUrl points, and asks to sign in first', async () => {
    expect(test.envoy.apps()[0]?.installUrl).toBe(`http://envoy.sandbox.test${STORE}`)
    expect((await browser.get(STORE)).headers.get('location')).toBe(
      `/sign-in?next=${encodeURIComponent(STORE)}`,
    )
  })

  it('offers a Global Admin every place, a Location Admin theirs, and an employee none', async () => {
    await browser.signIn('7001')
    const all = await (await browser.get(STORE)).text()
    expect([all.includes('Portland HQ'), all.includes('Boise Workshop'), all.includes('Osaka Lab')]).toEqual([
      true,
      true,
      false,
    ])
    await browser.signIn('7005')
    const some = await (await browser.get(STORE)).text()
    expect([some.includes('Portland HQ'), some.includes('Boise Workshop')]).toEqual([false, true])
    await browser.signIn('7002')
    expect((await browser.get(STORE)).status).toBe(403)
  })

  it.each([
    ['7005', '20011'],
    ['7002', '20011'],
    ['7003', '20011'],
    ['7001', 'nowhere'],
  ])('refuses %s to install at %s', async (person, location) => {
    await browser.signIn(person)
    expect((await browser.post(STORE, { location })).status).toBe(403)
    expect(test.envoy.overview().installs).toEqual([])
  })
})

describe('the set-up step', () => {
  it('asks the app for options, then has it validate, then is installed', async () => {
    app.respond = (webhook) =>
      routeOf(webhook) === 'step-0-callback'
        ? agree(webhook)
        : { status: 200, body: '[{"label":"Mei & co","value":9}]' }
    const step = await begin('7003', '20031')
    expect(step).toBe(STEP)
    const page = await browser.get(step)
    expect([page.status, (await page.text()).includes('Mei &amp; co')]).toEqual([200, true])
    const saved = await browser.post(step, { 'display-name': 'Lobby', 'default-host': '9' })
    expect([saved.status, saved.headers.get('location')]).toEqual([303, '/installs/1000000'])
    expect(app.received.map(routeOf)).toEqual(['step-0-field-1-options', 'step-0-callback'])
    expect(app.received[1]?.json).toMatchObject({
      request_body: { 'display-name': 'Lobby', 'default-host': '9' },
    })
    const shown = await (await browser.get('/installs/1000000')).text()
    for (const words of ['Installed.', 'Aurora Robotics', 'Lobby', 'step-0-callback'])
      expect(shown).toContain(words)
  })

  it('lets the app exchange the install while its webhook is still open', async () => {
    const statuses: number[] = []
    app.respond = async (webhook) => {
      statuses.push((await exchange(1_000_000)).status)
      return agree(webhook)
    }
    await browser.get(await begin())
    expect(statuses).toEqual([200])
  })

  it('merges what the app answers into the config, where null removes', async () => {
    await install()
    app.respond = (webhook) =>
      routeOf(webhook) === 'step-0-callback'
        ? { status: 200, body: '{"extra":{"a":1},"display-name":null}' }
        : agree(webhook)
    await browser.post(STEP, { 'display-name': 'Gate', 'default-host': '' })
    expect(test.envoy.overview().installs).toMatchObject([
      { config: { extra: { a: 1 }, 'default-host': '' } },
    ])
    expect(JSON.stringify(test.envoy.overview().installs)).not.toContain('display-name')
  })

  it('shows the message of a 4xx, escaped, keeps what was typed, and saves nothing', async () => {
    app.respond = (webhook) =>
      routeOf(webhook) === 'step-0-callback'
        ? { status: 412, body: '{"message":"Ask <b>IT</b> first"}' }
        : agree(webhook)
    const answer = await browser.post(await begin(), { 'display-name': 'Lobby' })
    const page = await answer.text()
    expect(answer.status).toBe(200)
    expect(page).toContain('Ask &lt;b&gt;IT&lt;/b&gt; first')
    expect(page).toContain('value="Lobby"')
    expect(test.envoy.overview().installs).toMatchObject([{ status: 'setting_up', config: {} }])
  })

  it('cannot be sent when the app gives no list of options', async () => {
    app.respond = () => ({ status: 200, body: '{}' })
    const answer = await browser.get(await begin())
    const page = await answer.text()
    expect(answer.status).toBe(200)
    expect(page).toContain('did not answer with a list')
    expect(page).not.toContain('Save and continue')
    expect(page).toContain('Try again')
  })

  it('is blocked when the app is too late', async () => {
    await test.act('webhook-deadline', { ms: 40 })
    app.respond = (webhook) =>
      routeOf(webhook) === 'step-0-callback' ? new Promise(() => undefined) : agree(webhook)
    const answer = await browser.post(await begin(), { 'display-name': 'Lobby' })
    expect([answer.status, (await answer.text()).includes('did not answer in time')]).toEqual([200, true])
    expect(test.envoy.overview().installs).toMatchObject([{ status: 'setting_up' }])
  })

  it('goes on with the same install when the set-up was left, and when it is configured again', async () => {
    expect(await begin()).toBe(STEP)
    expect(await begin()).toBe(STEP)
    await browser.post(STEP, {})
    await browser.get(STEP)
    expect(app.received.at(-1)?.json).toMatchObject({ request_meta: { params: { configure_step: 0 } } })
    expect(test.envoy.overview().installs).toHaveLength(1)
  })

  it('is hidden from people of other companies and from those without a role there', async () => {
    await begin()
    for (const person of ['7003', '7002', '7005']) {
      await browser.signIn(person)
      for (const path of [STEP, '/installs/1000000']) expect((await browser.get(path)).status).toBe(404)
      expect((await browser.post('/installs/1000000/uninstall')).status).toBe(404)
    }
    expect(app.received).toEqual([])
  })
})

describe('an install', () => {
  it('reports a visitor', async () => {
    await install()
    await browser.post('/installs/1000000/visitor')
    expect(app.received.at(-1)?.json).toMatchObject({
      name: 'event',
      request_meta: { event: 'entry_sign_in' },
    })
  })

  it('is ended with its tokens by an uninstall, of which the app is told without a token', async () => {
    await install()
    const pair: { refresh_token: string } = await (await exchange(1_000_000)).json()
    await browser.post('/installs/1000000/uninstall')
    expect(app.received.at(-1)?.json).toMatchObject({
      request_meta: { event: 'plugin_uninstalled', install_id: 1_000_000, auth: null },
    })
    const refresh = { grant_type: 'refresh_token', refresh_token: pair.refresh_token }
    expect((await test.token(PLUGIN, refresh)).status).toBe(404)
    expect((await exchange(1_000_000)).status).toBe(404)
    expect((await browser.get(STEP)).headers.get('location')).toBe('/installs/1000000')
  })

  it('has a new id and the same company when it is installed again', async () => {
    await install()
    await browser.post('/installs/1000000/uninstall')
    expect(await begin()).toBe('/installs/1000001/steps/0')
    const pair: { company_id: string } = await (await exchange(1_000_001)).json()
    expect(pair.company_id).toBe('100000')
  })
})
