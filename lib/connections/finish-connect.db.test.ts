import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { finishConnect } from './finish-connect'
import { resumeFlow } from './resume-flow'
import {
  ada,
  connect,
  connected,
  countRows,
  grace,
  makeWorld,
  press,
  type World,
  writtenText,
} from './test-world'

let world: World

beforeEach(async () => {
  world = await makeWorld({})
})
afterEach(() => world.close())

const nothing = { connections: 0, pairs: 0, journal: 0, leases: 0 }

const finish = (
  started: Awaited<ReturnType<typeof press>>,
  query: URLSearchParams,
  change: Partial<Parameters<typeof finishConnect>[2]> & { actor?: Parameters<typeof finishConnect>[1] } = {},
) => {
  const { actor, ...input } = change
  const who = actor === undefined ? world.admin : actor
  return finishConnect(world.deps, who, {
    provider: world.provider,
    query,
    cookies: started.cookies,
    ...input,
  })
}

describe('a flow that comes back', () => {
  test('becomes a connection with its identity, scopes and clocks', async () => {
    const outcome = await connect(world, ada)
    expect(outcome).toMatchObject({ kind: 'connected', isNew: true })
    const row = await world.deps.db.connection.findFirstOrThrow()
    expect(row).toMatchObject({
      lifecycle: 'live',
      ownStatus: 'healthy',
      externalAccountId: '101',
      grantedScopes: ['users.read', 'prospects.read'],
      scopesReported: true,
      generation: 1,
    })
    expect(row.accessExpiresAt).not.toBeNull()
    const journal = await world.deps.db.rotationJournal.findMany()
    expect(journal).toMatchObject([{ kind: 'code', cause: 'connect', outcome: 'renewed' }])
    const flow = await world.deps.db.connectFlow.findFirstOrThrow({ omit: { verifierSealed: false } })
    expect(flow).toMatchObject({ outcome: 'completed', resultId: row.id, verifierSealed: null })
  })

  test('has its cookie dropped', async () => {
    const started = await press(world)
    const outcome = await finish(started, world.doorkeeper.consent(started.url, ada))
    expect(outcome.clearCookie).toBe(started.cookie.name)
  })

  test('uses the pair once after it was stored, which ends the one before it', async () => {
    await connected(world)
    const pair = await world.deps.db.tokenPair.findFirstOrThrow()
    expect(pair.firstUsedAt).not.toBeNull()
  })

  test('repeats redirect URI, scopes and verifier from its row', async () => {
    const started = await press(world, { scopes: ['users.read'] })
    const outcome = await finish(started, world.doorkeeper.consent(started.url, ada))
    expect(outcome.kind).toBe('connected')
    expect((await world.deps.db.connection.findFirstOrThrow()).requestedScopes).toEqual(['users.read'])
  })

  test('keeps what was sent without the secrets of the flow', async () => {
    const started = await press(world)
    const flow = await world.deps.db.connectFlow.findUniqueOrThrow({ where: { id: started.flowId } })
    const sent = new URL(flow.sentUrl ?? '')
    expect(sent.searchParams.get('client_id')).toBe(world.doorkeeper.client.id)
    expect(sent.searchParams.has('state')).toBe(false)
    expect(sent.searchParams.has('code_challenge')).toBe(false)
  })
})

describe('a callback that is turned away', () => {
  test('with a forged state', async () => {
    const started = await press(world)
    const query = world.doorkeeper.consent(started.url, ada)
    query.set('state', 'x'.repeat(43))
    expect(await finish(started, query)).toMatchObject({ kind: 'refused', code: 'state_unknown' })
    expect(await countRows(world)).toEqual(nothing)
    expect(world.doorkeeper.tokenCalls()).toHaveLength(0)
  })

  test('without a state', async () => {
    const started = await press(world)
    expect(await finish(started, new URLSearchParams({ code: 'abc' }))).toMatchObject({ kind: 'refused' })
    expect(await finish(started, new URLSearchParams())).toMatchObject({ kind: 'refused' })
  })

  test('at another provider’s address', async () => {
    const started = await press(world)
    const query = world.doorkeeper.consent(started.url, ada)
    expect(await finish(started, query, { provider: 'envoy' })).toMatchObject({
      kind: 'refused',
      code: 'state_unknown',
    })
  })

  test('in another browser, and the right one can still finish', async () => {
    const started = await press(world)
    const query = world.doorkeeper.consent(started.url, ada)
    expect(await finish(started, query, { cookies: new Map() })).toMatchObject({
      kind: 'refused',
      code: 'state_foreign',
    })
    const wrong = new Map([[started.cookie.name, 'y'.repeat(43)]])
    expect(await finish(started, query, { cookies: wrong })).toMatchObject({ code: 'state_foreign' })
    expect(await countRows(world)).toEqual(nothing)
    expect(await finish(started, query)).toMatchObject({ kind: 'connected' })
  })

  test('by another person, before the code is spent', async () => {
    const started = await press(world)
    const other = await world.makeUser('Eve', 'admin')
    const query = world.doorkeeper.consent(started.url, ada)
    expect(await finish(started, query, { actor: other })).toMatchObject({
      kind: 'refused',
      code: 'state_other_person',
    })
    expect(world.doorkeeper.tokenCalls()).toHaveLength(0)
    expect(await countRows(world)).toEqual(nothing)
  })

  test('by a person who is no longer an admin', async () => {
    const started = await press(world)
    const query = world.doorkeeper.consent(started.url, ada)
    const demoted = { ...world.admin, role: 'viewer' as const }
    expect(await finish(started, query, { actor: demoted })).toMatchObject({
      kind: 'refused',
      code: 'forbidden',
    })
    expect(world.doorkeeper.tokenCalls()).toHaveLength(0)
  })

  test('after ten minutes', async () => {
    const started = await press(world)
    const query = world.doorkeeper.consent(started.url, ada)
    world.deps.clock.advance(10 * 60_000)
    expect(await finish(started, query)).toMatchObject({ kind: 'refused', code: 'state_expired' })
    expect(await finish(started, query)).toMatchObject({ kind: 'refused', code: 'state_expired' })
    expect(await countRows(world)).toEqual(nothing)
  })

  test('a second time, by a reload', async () => {
    const started = await press(world)
    const query = world.doorkeeper.consent(started.url, ada)
    expect(await finish(started, query)).toMatchObject({ kind: 'connected' })
    expect(await finish(started, query)).toMatchObject({ kind: 'refused', code: 'state_used' })
    expect(await finish(started, query, { cookies: new Map() })).toMatchObject({ code: 'state_used' })
    expect(world.doorkeeper.tokenCalls('authorization_code')).toHaveLength(1)
    expect(await countRows(world)).toMatchObject({ connections: 1, pairs: 1 })
  })

  test('twice at once: one of them spends the code', async () => {
    const started = await press(world)
    const query = world.doorkeeper.consent(started.url, ada)
    const outcomes = await Promise.all([
      finish(started, query),
      finish(started, query),
      finish(started, query),
    ])
    expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual(['connected', 'refused', 'refused'])
    expect(world.doorkeeper.tokenCalls('authorization_code')).toHaveLength(1)
  })

  test('when its flow was given up by hand', async () => {
    const { dismissFlow } = await import('./dismiss-flow')
    const started = await press(world)
    await dismissFlow(world.deps, world.admin, { flowId: started.flowId })
    const query = world.doorkeeper.consent(started.url, ada)
    expect(await finish(started, query)).toMatchObject({ kind: 'refused', code: 'state_used' })
  })
})

describe('a flow that ends without a connection', () => {
  const ended = async (code: string) => {
    expect(await countRows(world)).toEqual(nothing)
    const flow = await world.deps.db.connectFlow.findFirstOrThrow({
      omit: { verifierSealed: false, codeSealed: false },
    })
    expect(flow).toMatchObject({ failureCode: code, verifierSealed: null, codeSealed: null, resultId: null })
    expect(flow.failureWords).toBeTruthy()
    return flow
  }

  test('because consent was denied', async () => {
    const started = await press(world)
    const outcome = await finish(started, world.doorkeeper.deny(started.url))
    expect(outcome).toMatchObject({ kind: 'ended', code: 'consent_denied', clearCookie: started.cookie.name })
    expect(await ended('consent_denied')).toMatchObject({ outcome: 'denied' })
    expect(await finish(started, world.doorkeeper.deny(started.url))).toMatchObject({ code: 'state_used' })
  })

  test('because the provider says the code was used before', async () => {
    const started = await press(world)
    const query = world.doorkeeper.consent(started.url, ada)
    query.set('code', 'was-used-before')
    expect(await finish(started, query)).toMatchObject({ kind: 'ended', code: 'provider_refused' })
    await ended('provider_refused')
  })

  test.each([
    ['HTML', { kind: 'html' }],
    ['nothing', { kind: 'silent' }],
    ['five megabytes', { kind: 'huge' }],
    ['a lost answer', { kind: 'lost_answer' }],
    ['a 503', { kind: 'status', status: 503, body: '' }],
    ['a 429 in plain text', { kind: 'status', status: 429, body: 'Retry later\n', type: 'text/plain' }],
  ] as const)('because the provider answered with %s, and the code is not sent again', async (_, fault) => {
    const started = await press(world)
    const query = world.doorkeeper.consent(started.url, ada)
    world.doorkeeper.state.tokenFaults.push(fault)
    expect(await finish(started, query)).toMatchObject({ kind: 'ended', code: 'provider_unreachable' })
    expect(world.doorkeeper.tokenCalls()).toHaveLength(1)
    await ended('provider_unreachable')
  })

  test('because the provider took too long', async () => {
    const started = await press(world)
    const query = world.doorkeeper.consent(started.url, ada)
    let letGo = () => {}
    const until = new Promise<void>((resolve) => {
      letGo = resolve
    })
    world.doorkeeper.state.tokenFaults.push({ kind: 'held', until })
    expect(await finish(started, query, { deadlineMs: 100 })).toMatchObject({
      kind: 'ended',
      code: 'provider_unreachable',
    })
    letGo()
    await ended('provider_unreachable')
  })

  test('because the app’s own secret is wrong: the app is marked, once', async () => {
    world.doorkeeper.state.secret = 'another'
    const started = await press(world)
    const outcome = await finish(started, world.doorkeeper.consent(started.url, ada))
    expect(outcome).toMatchObject({ kind: 'ended', code: 'app_misconfigured' })
    await ended('app_misconfigured')
    const app = await world.deps.db.providerApp.findFirstOrThrow()
    expect(app.faultAt).not.toBeNull()
    world.doorkeeper.state.secret = world.doorkeeper.client.secret
    await connected(world)
    expect(await world.deps.db.providerApp.findFirstOrThrow()).toMatchObject({
      faultAt: null,
      faultWords: null,
    })
  })
})

describe('a session that lapsed on the way', () => {
  test('keeps the sealed code and goes on for the same person', async () => {
    const started = await press(world)
    const query = world.doorkeeper.consent(started.url, ada)
    const waiting = await finish(started, query, { actor: null })
    expect(waiting).toEqual({ kind: 'sign_in', flowId: started.flowId, clearCookie: null })
    expect(world.doorkeeper.tokenCalls()).toHaveLength(0)
    const row = await world.deps.db.connectFlow.findFirstOrThrow({ omit: { codeSealed: false } })
    expect(row.outcome).toBe('waiting_for_sign_in')
    expect(row.codeSealed).not.toContain(query.get('code'))

    const input = { flowId: started.flowId, cookies: started.cookies }
    const other = await world.makeUser('Eve', 'admin')
    expect(await resumeFlow(world.deps, other, input)).toMatchObject({ code: 'state_other_person' })
    expect(await resumeFlow(world.deps, world.admin, { ...input, cookies: new Map() })).toMatchObject({
      code: 'state_foreign',
    })
    const twice = [resumeFlow(world.deps, world.admin, input), resumeFlow(world.deps, world.admin, input)]
    const [first, second] = await Promise.all(twice)
    expect(first).toMatchObject({ kind: 'connected', clearCookie: started.cookie.name })
    expect(second).toEqual(first)
    expect(await resumeFlow(world.deps, world.admin, { ...input, cookies: new Map() })).toEqual(first)
    expect(await resumeFlow(world.deps, other, input)).toMatchObject({ code: 'state_other_person' })
    expect(world.doorkeeper.tokenCalls('authorization_code')).toHaveLength(1)
    const after = await world.deps.db.connectFlow.findFirstOrThrow({ omit: { codeSealed: false } })
    expect(after.codeSealed).toBeNull()
  })

  test('does not keep it longer than the ten minutes', async () => {
    const started = await press(world)
    await finish(started, world.doorkeeper.consent(started.url, ada), { actor: null })
    world.deps.clock.advance(10 * 60_000)
    const input = { flowId: started.flowId, cookies: started.cookies }
    expect(await resumeFlow(world.deps, world.admin, input)).toMatchObject({ code: 'state_expired' })
    const row = await world.deps.db.connectFlow.findFirstOrThrow({ omit: { codeSealed: false } })
    expect(row.codeSealed).toBeNull()
  })

  test('a flow without a code has nothing to go on with', async () => {
    const started = await press(world)
    const input = { flowId: started.flowId, cookies: started.cookies }
    expect(await resumeFlow(world.deps, world.admin, input)).toMatchObject({ code: 'state_unknown' })
    for (const flowId of ['flw_none', '', 'f'.repeat(100)]) {
      expect(await resumeFlow(world.deps, world.admin, { ...input, flowId })).toMatchObject({
        code: 'state_unknown',
      })
    }
  })
})

describe('whose account it is', () => {
  test('may stay unknown for a while: the pair is stored all the same', async () => {
    world.doorkeeper.state.apiFaults.push(
      { kind: 'status', status: 500, body: '' },
      { kind: 'status', status: 500, body: '' },
    )
    const outcome = await connect(world, ada)
    expect(outcome).toMatchObject({ kind: 'connected', isNew: true })
    const row = await world.deps.db.connection.findFirstOrThrow()
    expect(row).toMatchObject({
      lifecycle: 'live',
      externalAccountId: null,
      accountName: 'Name not known yet',
    })
    expect(await countRows(world)).toMatchObject({ pairs: 1 })
  })

  test('the same account again renews the connection that is there', async () => {
    const first = await connected(world)
    await world.deps.db.connection.update({ where: { id: first }, data: { label: 'Ours' } })
    const before = await world.deps.db.tokenPair.findFirstOrThrow()
    const again = await connect(world, ada)
    expect(again).toMatchObject({ kind: 'connected', connectionId: first, isNew: false })
    const row = await world.deps.db.connection.findFirstOrThrow()
    expect(row).toMatchObject({ id: first, label: 'Ours', generation: 2, lifecycle: 'live' })
    const after = await world.deps.db.tokenPair.findFirstOrThrow()
    expect(after.accessFingerprint).not.toBe(before.accessFingerprint)
    expect(await countRows(world)).toMatchObject({ connections: 1, pairs: 1, journal: 2 })
    const flows = await world.deps.db.connectFlow.findMany({ orderBy: { createdAt: 'asc' } })
    expect(flows.map((flow) => flow.resultId)).toEqual([first, first])
  })

  test('two flows of one account that end at once make one connection', async () => {
    const [one, two] = [await press(world), await press(world)]
    const outcomes = await Promise.all([
      finish(one, world.doorkeeper.consent(one.url, ada)),
      finish(two, world.doorkeeper.consent(two.url, ada)),
    ])
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['connected', 'connected'])
    expect(await countRows(world)).toMatchObject({ connections: 1, pairs: 1 })
  })

  test('two accounts are two connections', async () => {
    await connected(world, ada)
    await connected(world, grace)
    expect(await countRows(world)).toMatchObject({ connections: 2, pairs: 2 })
  })
})

test('no secret of a flow is written anywhere in the clear', async () => {
  const started = await press(world)
  const query = world.doorkeeper.consent(started.url, ada)
  await finish(started, query, { actor: null })
  await resumeFlow(world.deps, world.admin, { flowId: started.flowId, cookies: started.cookies })
  world.doorkeeper.state.secret = 'another'
  await connect(world, ada)
  const text = await writtenText(world)
  const secrets = [...world.doorkeeper.secrets(), started.cookie.value, query.get('state') ?? '']
  expect(secrets.length).toBeGreaterThan(4)
  for (const secret of secrets) expect(text).not.toContain(secret)
})
