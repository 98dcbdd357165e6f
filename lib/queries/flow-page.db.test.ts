import { afterAll, beforeAll, expect, it } from 'vitest'
import { ada, connect, connected, grace, makeWorld, press, type World } from '../connections/test-world'
import { flowPage } from './flow-page'
import { overviewWaiting } from './overview-waiting'

let world: World
beforeAll(async () => {
  world = await makeWorld({})
})
afterAll(() => world.close())

const read = async (flowId: string) => {
  const page = await flowPage(world.deps, world.admin, flowId)
  if (!page) throw new Error('the flow has no page')
  return page
}

it('tells exactly what was sent, without what belongs to this one press', async () => {
  const { flowId, url } = await press(world, { scopes: ['users.read'] })
  const { sent, state, isOwn, againScopes } = await read(flowId)
  expect(state).toEqual({ kind: 'open', late: false })
  expect(isOwn).toBe(true)
  expect(sent).toMatchObject({
    redirectUri: url.searchParams.get('redirect_uri'),
    clientId: world.doorkeeper.client.id,
    scopes: ['users.read'],
  })
  expect(againScopes).toEqual(['users.read'])
  expect(sent.url).toContain(new URLSearchParams({ client_id: world.doorkeeper.client.id }).toString())
  expect(JSON.stringify(sent)).not.toContain(url.searchParams.get('state') ?? 'none')
})

it('lists a flow as not finished once two minutes have passed, until it is dismissed', async () => {
  const { flowId } = await press(world)
  const before = await overviewWaiting(world.deps)
  expect(before.flows.map((flow) => flow.id)).not.toContain(flowId)
  expect(before.nextLateAt).not.toBeNull()
  world.deps.clock.advance(2 * 60_000)
  expect((await read(flowId)).state).toEqual({ kind: 'open', late: true })
  const late = (await overviewWaiting(world.deps)).flows.find((flow) => flow.id === flowId)
  expect(late).toMatchObject({ kind: 'not_finished', startedBy: 'Root' })
  world.deps.clock.advance(8 * 60_000)
  expect((await read(flowId)).state).toEqual({ kind: 'expired' })
  await world.deps.db.connectFlow.update({
    where: { id: flowId },
    data: { dismissedAt: world.deps.clock.now() },
  })
  expect((await overviewWaiting(world.deps)).flows.map((flow) => flow.id)).not.toContain(flowId)
})

it('asks for a choice while another account waits, and for none afterwards', async () => {
  const connectionId = await connected(world, ada)
  const outcome = await connect(world, grace, { connection: connectionId })
  if (outcome.kind !== 'other_account') throw new Error(outcome.kind)
  const page = await read(outcome.flowId)
  expect(page.state).toMatchObject({
    kind: 'other_account',
    pendingId: outcome.pendingId,
    asked: { id: connectionId, name: 'Outstand user 101', exists: true },
    cameBack: { name: 'Outstand user 202' },
  })
  const waiting = await overviewWaiting(world.deps)
  expect(waiting.flows.find((flow) => flow.id === outcome.flowId)?.kind).toBe('choice')
})

it('says in words how a flow failed, and knows a finished one by its connection', async () => {
  const started = await press(world)
  const done = await connect(world, ada)
  if (done.kind !== 'connected') throw new Error(done.kind)
  expect((await read(done.flowId)).state).toEqual({ kind: 'connected', connectionId: done.connectionId })
  await world.deps.db.connectFlow.update({
    where: { id: started.flowId },
    data: { outcome: 'denied', failureCode: 'consent_denied', failureWords: 'Access was not granted.' },
  })
  expect((await read(started.flowId)).state).toEqual({
    kind: 'denied',
    code: 'consent_denied',
    words: 'Access was not granted.',
  })
})

it('knows no flow by any other id', async () => {
  expect(await flowPage(world.deps, world.admin, 'flw_none')).toBeNull()
})
