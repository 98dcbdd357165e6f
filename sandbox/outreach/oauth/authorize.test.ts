import { beforeEach, describe, expect, it } from 'vitest'
import { MIRA, startOutreach } from '../test-outreach'

let t: ReturnType<typeof startOutreach>
beforeEach(() => {
  t = startOutreach()
})

const prod = () => t.appOf('sandbox-outreach-prod')
const dev = () => t.appOf('sandbox-outreach-dev')
const pageFor = async (path: string) => t.server.request(path, { headers: await t.signIn(MIRA) })
const locationOf = (answer: Response) => new URL(answer.headers.get('location') ?? '')

describe('the authorization page', () => {
  it('asks first who is there, from several companies', async () => {
    const away = await t.server.request(t.authorizePath(prod()))
    expect(away.status).toBe(302)
    const page = await (await t.server.request(away.headers.get('location') ?? '')).text()
    for (const company of ['Harbour Lane Software', 'Copperfield Logistics', 'Juniper &amp; Oak Clinics'])
      expect(page).toContain(company)
  })

  it('lists the scopes in their own names and in words', async () => {
    const page = await (
      await pageFor(t.authorizePath(prod(), { scope: 'sequenceStates.read tasks.all' }))
    ).text()
    expect(page).toContain('<code>sequenceStates.read</code>')
    expect(page).toContain('see sequence states')
    expect(page).toContain('see, create, change and delete tasks')
    expect(page).not.toContain('prospects.read')
  })

  it('warns of development credentials, and only of those', async () => {
    expect(await (await pageFor(t.authorizePath(dev()))).text()).toContain('has not reviewed')
    expect(await (await pageFor(t.authorizePath(prod()))).text()).not.toContain('has not reviewed')
  })

  it('goes back with a code and the state as it came', async () => {
    const answer = await t.decide(MIRA, t.authorizePath(prod()), 'allow')
    const location = locationOf(answer)
    expect(location.origin + location.pathname).toBe('http://patchbay.test/api/callback/outreach')
    expect(location.searchParams.get('code')).toMatch(/^[\w-]{43}$/)
    expect(location.searchParams.get('state')).toBe('st+ate=&%')
  })

  it('goes back with access_denied when it is denied', async () => {
    const location = locationOf(await t.decide(MIRA, t.authorizePath(prod()), 'deny'))
    expect(location.searchParams.get('error')).toBe('access_denied')
    expect(location.searchParams.get('state')).toBe('st+ate=&%')
    expect(location.searchParams.has('code')).toBe(false)
  })

  it('is skipped while a grant with the same scopes lives', async () => {
    await t.connect(prod(), MIRA)
    expect((await pageFor(t.authorizePath(prod()))).status).toBe(302)
    expect((await pageFor(t.authorizePath(prod(), { scope: 'users.read' }))).status).toBe(200)
  })
})

describe('an authorization request that cannot be shown', () => {
  it.each([
    ['an unknown client', { client_id: 'nobody' }],
    ['the S2S app, which has no OAuth', { client_id: 'sandbox-outreach-s2s' }],
    ['another redirect URI', { redirect_uri: 'http://patchbay.test/api/callback/outreach/' }],
    ['no redirect URI', { redirect_uri: null }],
    ['no scope', { scope: null }],
    ['an empty scope', { scope: ' ' }],
    ['an unknown scope', { scope: 'users.read nothing.read' }],
    ['a scope that is not ticked for this app', { scope: 'webhooks.all' }],
    ['a scope of the older platform', { scope: 'read_prospect' }],
    ['scopes that were joined by an encoded plus', { scope: 'users.read+accounts.read' }],
    ['another response type', { response_type: 'token' }],
  ])('stays on an error page with status 200: %s', async (_name, changes) => {
    const answer = await pageFor(t.authorizePath(prod(), changes))
    expect(answer.status).toBe(200)
    expect(answer.headers.has('location')).toBe(false)
    expect(await answer.text()).toContain('An error has occurred')
  })

  it('stays there too when the form is sent by hand', async () => {
    const answer = await t.decide(MIRA, t.authorizePath(prod(), { scope: 'nothing.read' }), 'allow')
    expect(answer.headers.has('location')).toBe(false)
  })
})

it('an app that was registered with other scopes is refused the old ones', async () => {
  await t.run('app-scopes', { app: 'sandbox-outreach-prod', scopes: 'users.read' })
  expect(prod().scopes).toEqual(['users.read'])
  const refused = await pageFor(t.authorizePath(prod(), { scope: 'accounts.read' }))
  expect(await refused.text()).toContain('An error has occurred')
  await t.run('app-scopes', { app: 'sandbox-outreach-prod', scopes: '' })
  expect(prod().scopes).toContain('accounts.read')
})
