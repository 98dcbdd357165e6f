import { afterEach, describe, expect, test } from 'vitest'
import { startConnect } from './start-connect'
import { ada, connect, connected, countRows, makeWorld, press, type World, writtenText } from './test-world'

let world: World

afterEach(() => world.close())

const start = (input: Partial<Parameters<typeof startConnect>[2]> = {}) =>
  startConnect(world.deps, world.admin, { provider: world.provider, ...input })

describe('Connect', () => {
  test('goes to the provider with state, challenge and the one redirect URI', async () => {
    world = await makeWorld({ provider: 'outreach' })
    const { url, cookie, flowId } = await press(world)
    expect(url.origin).toBe(world.doorkeeper.url)
    const query = url.searchParams
    expect(query.get('redirect_uri')).toBe('http://localhost:3000/api/callback/outreach')
    expect(query.get('state')).toMatch(/^[\w-]{43}$/)
    expect(query.get('code_challenge_method')).toBe('S256')
    expect(query.get('scope')).toBe('users.read prospects.read')
    expect(cookie).toMatchObject({ name: `patchbay-flow-${flowId}`, maxAgeS: 600 })
    const audit = await world.deps.db.auditEvent.findMany({ where: { action: 'flow.connect_started' } })
    expect(audit).toHaveLength(1)
  })

  test('names the cookie for this host alone where the browser allows it', async () => {
    world = await makeWorld({ env: { APP_URL: 'https://patchbay.example.com' } })
    const { cookie, flowId, url } = await press(world)
    expect(cookie.name).toBe(`__Host-patchbay-flow-${flowId}`)
    expect(url.searchParams.get('redirect_uri')).toBe('https://patchbay.example.com/api/callback/outstand')
  })

  test('twice makes two flows that do not clash', async () => {
    world = await makeWorld({})
    const [one, two] = [await press(world), await press(world)]
    expect(one.cookie.name).not.toBe(two.cookie.name)
    expect(one.url.searchParams.get('state')).not.toBe(two.url.searchParams.get('state'))
  })

  test('stores state and cookie as hashes and the verifier sealed', async () => {
    world = await makeWorld({})
    const { url, cookie } = await press(world)
    const text = await writtenText(world)
    expect(text).not.toContain(url.searchParams.get('state'))
    expect(text).not.toContain(cookie.value)
  })

  test('of Outreach is refused without a scope', async () => {
    world = await makeWorld({ provider: 'outreach' })
    await expect(start({ scopes: [] })).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(start({ scopes: ['orgSettings.all'] })).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await world.deps.db.connectFlow.count()).toBe(0)
  })

  test('of Envoy always asks for a refresh token', async () => {
    world = await makeWorld({ provider: 'envoy' })
    const { url } = await press(world, { scopes: ['users.read'] })
    expect(url.searchParams.get('scope')?.split(' ')).toEqual(['users.read', 'token.refresh'])
  })

  test('asks which app where there are several, by id or by slug', async () => {
    world = await makeWorld({})
    await world.makeApp('second', ['oauth_code'])
    await expect(start()).rejects.toMatchObject({ code: 'invalid_input', detail: { field: 'app' } })
    expect(await start({ app: 'second' })).toMatchObject({ kind: 'redirect' })
    expect(await start({ app: world.appId })).toMatchObject({ kind: 'redirect' })
    await expect(start({ app: 'third' })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('asks which grant where the app can do several', async () => {
    world = await makeWorld({ grants: ['oauth_code', 'client_credentials'] })
    await expect(start()).rejects.toMatchObject({ code: 'invalid_input', detail: { field: 'grant' } })
    expect(await start({ grant: 'oauth_code' })).toMatchObject({ kind: 'redirect' })
    await expect(start({ grant: 's2s' })).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test('does not see an app that is hidden', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    await world.deps.db.providerApp.updateMany({ data: { hiddenAt: world.deps.clock.now() } })
    await expect(start()).rejects.toMatchObject({ code: 'not_found' })
    await expect(start({ connection: id })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('of a draft says what is missing', async () => {
    world = await makeWorld({})
    await world.deps.db.providerApp.updateMany({ data: { clientSecretSealed: null } })
    await expect(start()).rejects.toMatchObject({ code: 'provider_app_incomplete' })
  })

  test('needs an admin', async () => {
    world = await makeWorld({})
    const viewer = await world.makeUser('Vic', 'viewer')
    await expect(startConnect(world.deps, viewer, { provider: 'outstand' })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  test('does not reconnect what waits, or another provider’s connection', async () => {
    world = await makeWorld({})
    const id = await connected(world)
    await expect(start({ provider: 'envoy', connection: id })).rejects.toMatchObject({ code: 'not_found' })
    await world.deps.db.connection.update({ where: { id }, data: { lifecycle: 'pending' } })
    await expect(start({ connection: id })).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('Connect of an app that is installed', () => {
  test('waits for the install, and goes to its page where the app has one', async () => {
    world = await makeWorld({ provider: 'envoy', grants: ['plugin_install'] })
    const outcome = await start()
    expect(outcome).toMatchObject({ kind: 'wait', installUrl: null })
    await world.deps.db.providerApp.updateMany({ data: { installUrl: 'https://dashboard.envoy.com/apps/1' } })
    const second = await start()
    expect(second.kind === 'wait' && second.installUrl?.href).toBe('https://dashboard.envoy.com/apps/1')
    const flows = await world.deps.db.connectFlow.findMany()
    expect(flows).toMatchObject([
      { outcome: 'open', stateHash: null, redirectUri: null },
      { outcome: 'open', stateHash: null },
    ])
  })
})

describe('Connect of an application', () => {
  test('needs no person: it mints and stores at once, once per application', async () => {
    world = await makeWorld({ grants: ['client_credentials'] })
    const first = await start()
    expect(first).toMatchObject({ kind: 'connected', isNew: true })
    const again = await start()
    expect(again).toMatchObject({ kind: 'connected', isNew: false })
    expect(await countRows(world)).toMatchObject({ connections: 1, pairs: 1 })
    const row = await world.deps.db.connection.findFirstOrThrow()
    expect(row).toMatchObject({
      grantKind: 'client_credentials',
      externalAccountId: world.doorkeeper.client.id,
    })
    expect(row.grantedScopes).toEqual(['provision_users'])
  })

  test('ends with words when the secret is wrong, and stores nothing', async () => {
    world = await makeWorld({ grants: ['client_credentials'] })
    world.doorkeeper.state.secret = 'another'
    const outcome = await start()
    expect(outcome).toMatchObject({ kind: 'ended', code: 'app_misconfigured' })
    expect(await countRows(world)).toMatchObject({ connections: 0, pairs: 0 })
    const text = await writtenText(world)
    for (const secret of world.doorkeeper.secrets()) expect(text).not.toContain(secret)
  })
})

test('development and production credentials in two tabs do not mix', async () => {
  world = await makeWorld({ provider: 'outreach' })
  await world.makeApp('dev', ['oauth_code'])
  const outcomes = [await connect(world, ada, { app: 'main' }), await connect(world, ada, { app: 'dev' })]
  expect(outcomes).toMatchObject([
    { kind: 'connected', isNew: true },
    { kind: 'connected', isNew: true },
  ])
  expect(await countRows(world)).toMatchObject({ connections: 2 })
})
