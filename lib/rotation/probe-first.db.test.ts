import { afterEach, expect, test } from 'vitest'
import { connected, makeWorld, type World } from '../connections/test-world'
import { runDue } from '../renewal/testing/run-due'
import { rotateConnection } from './rotate-connection'

let world: World

afterEach(() => world.close())

const hour = 3_600_000
const row = (id: string) => world.deps.db.connection.findUniqueOrThrow({ where: { id } })
const renewals = () => world.doorkeeper.tokenCalls('refresh_token').length
const probes = () => world.doorkeeper.calls.filter(({ path }) => path === '/oauth/token/info').length

/** A connection as it stands after a person let a copy of its database go on. */
async function copied(): Promise<string> {
  world = await makeWorld({ mode: 'at_once' })
  const id = await connected(world)
  await world.deps.db.connection.update({ where: { id }, data: { probeFirst: true } })
  return id
}
const rotate = (id: string) => rotateConnection(world.deps, id, { cause: 'due' })

/** What the original did with the grant: its renewal has ended the stored pair. */
function renewedByOriginal(): void {
  for (const pair of world.doorkeeper.pairs) pair.revoked = true
}

test('a token that the provider takes is renewed, and not tried first again', async () => {
  const id = await copied()
  const before = probes()
  expect(await rotate(id)).toMatchObject({ kind: 'renewed' })
  expect(await row(id)).toMatchObject({ generation: 2, probeFirst: false, ownStatus: 'healthy' })
  const withProbe = probes() - before
  await rotate(id)
  expect(probes() - before - withProbe).toBe(withProbe - 1)
})

test('a token that is refused before its time leaves the refresh token unspent, and the connection uncertain', async () => {
  const id = await copied()
  renewedByOriginal()
  expect(await rotate(id)).toMatchObject({ kind: 'failed', outcome: 'uncertain', code: 'renewed_elsewhere' })
  expect(renewals()).toBe(0)
  const { failureWords, ...facts } = await row(id)
  expect(facts).toMatchObject({
    ownStatus: 'uncertain',
    nextAttemptAt: null,
    probeFirst: true,
    generation: 1,
  })
  expect(failureWords).toMatch(/^The original seems to have renewed this grant since the copy was made\./)
  const told = await world.deps.db.notification.findMany()
  expect(told).toMatchObject([{ kind: 'connection.uncertain', subjectId: id }])
  expect(await rotate(id)).toMatchObject({ kind: 'not_possible', code: 'connection_uncertain' })
})

test('a token that has ended by the clock tells nothing: the renewal goes on without a probe', async () => {
  const id = await copied()
  world.deps.clock.advance(3 * hour)
  world.doorkeeper.state.apiFaults.push({ kind: 'status', status: 503, body: '' })
  expect(await rotate(id)).toMatchObject({ kind: 'renewed' })
  expect(await row(id)).toMatchObject({ generation: 2, probeFirst: false })
})

test('a provider that does not tell is asked later, and nothing is spent until it does', async () => {
  const id = await copied()
  const faults = Array.from({ length: 3 }, () => ({ kind: 'status' as const, status: 503, body: '' }))
  world.doorkeeper.state.apiFaults.push(...faults)
  expect(await rotate(id)).toMatchObject({ kind: 'failed', outcome: 'transient' })
  expect(renewals()).toBe(0)
  const { nextAttemptAt, ...facts } = await row(id)
  expect(facts).toMatchObject({ ownStatus: 'retrying', probeFirst: true, failureCount: 1, generation: 1 })
  expect(nextAttemptAt?.getTime()).toBeGreaterThan(world.deps.clock.now().getTime())
  world.doorkeeper.state.apiFaults.length = 0
  if (nextAttemptAt) world.deps.clock.set(nextAttemptAt)
  await runDue(world.deps)
  expect(await row(id)).toMatchObject({ generation: 2, ownStatus: 'healthy', probeFirst: false })
})

test('what a probe told says nothing of a pair that was stored while it ran', async () => {
  const id = await copied()
  renewedByOriginal()
  let answer = () => {}
  const until = new Promise<void>((resolve) => {
    answer = resolve
  })
  world.doorkeeper.state.apiFaults.push({ kind: 'held', until })
  const before = world.doorkeeper.calls.length
  const rotation = rotate(id)
  await expect.poll(() => world.doorkeeper.calls.length).toBe(before + 1)
  await world.deps.db.connection.update({ where: { id }, data: { generation: 2, probeFirst: false } })
  answer()
  expect(await rotation).toMatchObject({ kind: 'renewed' })
  expect(await row(id)).toMatchObject({ uncertainAt: null, ownStatus: 'healthy', generation: 2 })
  expect(await world.deps.db.notification.count()).toBe(0)
  expect(renewals()).toBe(0)
})
