import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { FakeCall } from '../../tests/fake-server'
import type { NotificationEvent } from '../core/notification-event'
import { announce } from './announce'
import { changeChannel } from './change-channel'
import { claimDeliveries, claimMs } from './claim-deliveries'
import { deliverDue } from './deliver-due'
import { replaceChannelSecret } from './replace-channel-secret'
import { attemptsMax } from './retry-schedule'
import { makeNoticeBench, type NoticeBench } from './testing/notice-bench'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

let t: NoticeBench
beforeAll(async () => {
  t = await makeNoticeBench()
})
beforeEach(() => t.clear())
afterAll(() => t.close())

const headersOf = ({ headers }: FakeCall) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

/** What the library says of a call as its receiver has it; wall time stands in for a clock that a test has moved. */
function signedBy(secret: string | undefined, call: FakeCall | undefined): boolean {
  if (!secret || !call) return false
  const {
    'webhook-id': id = '',
    'webhook-timestamp': at = '',
    'webhook-signature': all = '',
  } = headersOf(call)
  const expected = new Webhook(secret).sign(id, new Date(Number(at) * 1000), call.body)
  return all.split(' ').includes(expected)
}

it('a message verifies with the public library and tells what happened, where and when', async () => {
  t.deps.clock.set(new Date(performance.timeOrigin + performance.now()))
  const { secret } = await t.webhook()
  await t.happen('connection.needs_reconnect')
  await deliverDue(t.deps)
  const [call] = t.receiver.calls
  if (!call || !secret) throw new Error('nothing was sent')
  const told = new Webhook(secret.reveal()).verify(call.body, headersOf(call))
  const [delivery] = await t.deliveries()
  expect(told).toEqual({
    type: 'connection.needs_reconnect',
    timestamp: delivery?.notification.at.toISOString(),
    data: {
      message: 'Acme Inc needs to be reconnected.',
      subject: { kind: 'connection', id: delivery?.notification.subjectId, name: 'Acme Inc' },
      url: `http://localhost:3000/connections/${delivery?.notification.subjectId}`,
      detail: { words: 'invalid_grant' },
    },
  })
  expect(headersOf(call)['webhook-id']).toBe(delivery?.notificationId)
  expect(headersOf(call)['content-type']).toBe('application/json')
  expect(delivery).toMatchObject({ state: 'sent', status: 204, attempts: 1, nextTryAt: null })
  const forged = { ...headersOf(call), 'webhook-id': 'ntf_other' }
  expect(() => new Webhook(secret.reveal()).verify(call.body, forged)).toThrow()
})

it('is sent once, though several workers run at once', async () => {
  await t.webhook()
  for (let each = 0; each < 12; each++) await t.happen('connection.uncertain', `Company ${each}`)
  await Promise.all([deliverDue(t.deps), deliverDue(t.deps), deliverDue(t.deps)])
  await deliverDue(t.deps)
  const ids = t.receiver.calls.map((call) => headersOf(call)['webhook-id'])
  expect(ids).toHaveLength(12)
  expect(new Set(ids).size).toBe(12)
  expect((await t.deliveries()).every(({ state }) => state === 'sent')).toBe(true)
})

it('the same event announced again, or given out again, is sent to nobody again', async () => {
  await t.webhook()
  const event: NotificationEvent = {
    kind: 'connection.uncertain',
    dedupeKey: 'con_1 uncertain since 05:00',
    subject: { kind: 'connection', id: 'con_1', name: 'Acme Inc' },
    detail: {},
  }
  expect(await announce(t.deps.db, t.deps, event)).toBe(true)
  await deliverDue(t.deps)
  expect(await announce(t.deps.db, t.deps, event)).toBe(false)
  await t.deps.db.notification.updateMany({ data: { dispatchedAt: null } })
  await deliverDue(t.deps)
  expect(t.receiver.calls).toHaveLength(1)
})

it('after a 500 it is tried again later, with the same id and a signature of that time', async () => {
  const { secret } = await t.webhook()
  t.answerWith(() => ({ status: 500, body: 'out of order' }))
  await t.happen('app.broken')
  const { nextAt } = await deliverDue(t.deps)
  const [failed] = await t.deliveries()
  expect(failed).toMatchObject({ state: 'waiting', attempts: 1, status: 500, words: 'out of order' })
  expect(nextAt).toEqual(failed?.nextTryAt)
  await deliverDue(t.deps)
  expect(t.receiver.calls).toHaveLength(1)
  t.deps.clock.advance(7_000)
  t.answerWith()
  await deliverDue(t.deps)
  const [first, second] = t.receiver.calls
  expect(second && headersOf(second)['webhook-id']).toBe(first && headersOf(first)['webhook-id'])
  expect(signedBy(secret?.reveal(), second)).toBe(true)
  expect(second && headersOf(second)['webhook-timestamp']).not.toBe(
    first && headersOf(first)['webhook-timestamp'],
  )
  expect(await t.deliveries()).toMatchObject([{ state: 'sent', attempts: 2, status: 204, words: null }])
})

it('a receiver that is not there is tried again, and holds up nobody else', async () => {
  const dead = await t.webhook([], 'http://127.0.0.1:9/hook')
  const living = await t.webhook()
  await t.happen('connection.suspended')
  await deliverDue(t.deps)
  expect(await t.deliveries(living.channelId)).toMatchObject([{ state: 'sent' }])
  const [waiting] = await t.deliveries(dead.channelId)
  expect(waiting).toMatchObject({
    state: 'waiting',
    status: null,
    words: '127.0.0.1:9 refused the connection.',
  })
  await changeChannel(t.deps, t.admin, {
    channelId: dead.channelId,
    kind: 'webhook',
    name: 'Moved',
    url: `${t.receiver.origin}/new`,
    events: [],
  })
  t.deps.clock.advance(7_000)
  await deliverDue(t.deps)
  expect(t.receiver.calls.at(-1)?.path).toBe('/new')
  expect(await t.deliveries(dead.channelId)).toMatchObject([{ state: 'sent', attempts: 2 }])
})

it('Retry-After puts the next try off', async () => {
  await t.webhook()
  t.answerWith(() => ({ status: 429, headers: { 'retry-after': '1800' } }))
  await t.happen('connection.uncertain')
  const before = t.deps.clock.now().getTime()
  await deliverDue(t.deps)
  const [delivery] = await t.deliveries()
  expect(delivery?.nextTryAt?.getTime()).toBe(before + 30 * minuteMs)
})

it('is given up after the tenth try, with the last words', async () => {
  await t.webhook()
  t.answerWith(() => ({ status: 503, body: 'still down' }))
  await t.happen('connection.uncertain')
  for (let day = 0; day < attemptsMax + 3; day++) {
    await deliverDue(t.deps)
    t.deps.clock.advance(2 * dayMs)
  }
  expect(t.receiver.calls).toHaveLength(attemptsMax)
  const [delivery] = await t.deliveries()
  expect(delivery).toMatchObject({ state: 'given_up', attempts: 10, status: 503, words: 'still down' })
  expect(delivery?.endedAt).not.toBeNull()
})

it('410 pauses the channel and ends what waited for it', async () => {
  const { channelId } = await t.webhook()
  t.answerWith(() => ({ status: 500 }))
  await t.happen('connection.uncertain')
  await deliverDue(t.deps)
  t.answerWith(() => ({ status: 410 }))
  t.deps.clock.advance(1_000)
  await t.happen('connection.recovered')
  await deliverDue(t.deps)
  const channel = await t.deps.db.notificationChannel.findUniqueOrThrow({ where: { id: channelId } })
  expect(channel.pausedReason).toContain('410')
  expect(await t.deliveries()).toMatchObject([{ state: 'given_up' }, { state: 'given_up', status: 410 }])
  await t.happen('connection.uncertain')
  t.deps.clock.advance(dayMs)
  await deliverDue(t.deps)
  expect(t.receiver.calls).toHaveLength(2)
})

it('what a process took and never finished is tried again by another, and only then', async () => {
  const { channelId } = await t.webhook()
  t.answerWith(() => ({ status: 500 }))
  await t.happen('connection.uncertain')
  await deliverDue(t.deps)
  t.deps.clock.advance(7_000)
  expect(await claimDeliveries(t.deps, channelId, 5)).toHaveLength(1)
  t.answerWith()
  await deliverDue(t.deps)
  expect(t.receiver.calls).toHaveLength(1)
  t.deps.clock.advance(claimMs)
  await deliverDue(t.deps)
  expect(await t.deliveries()).toMatchObject([{ state: 'sent', attempts: 3 }])
})

it('a redirect is not followed', async () => {
  await t.webhook()
  t.answerWith(() => ({ status: 302, headers: { location: `${t.receiver.origin}/elsewhere` } }))
  await t.happen('connection.uncertain')
  await deliverDue(t.deps)
  expect(t.receiver.calls.map(({ path }) => path)).not.toContain('/elsewhere')
  expect(await t.deliveries()).toMatchObject([{ state: 'waiting', status: 302 }])
})

it('a channel is told of the kinds it wants, and of nothing from before it was there', async () => {
  await t.happen('connection.uncertain')
  t.deps.clock.advance(1_000)
  const some = await t.webhook(['app.broken', 'app.recovered'])
  const all = await t.webhook()
  await t.happen('connection.needs_reconnect')
  await t.happen('app.broken')
  await deliverDue(t.deps)
  const kinds = async (channelId: string) =>
    (await t.deliveries(channelId)).map(({ notification }) => notification.kind).sort()
  expect(await kinds(some.channelId)).toEqual(['app.broken'])
  expect(await kinds(all.channelId)).toEqual(['app.broken', 'connection.needs_reconnect'])
})

it('a replaced secret signs beside the new one for a day, then no more', async () => {
  const { channelId, secret: old } = await t.webhook()
  const { secret } = await replaceChannelSecret(t.deps, t.admin, { channelId })
  expect(secret.reveal()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(secret.reveal()).not.toBe(old?.reveal())
  const sent = async () => {
    await t.happen('connection.uncertain')
    await deliverDue(t.deps)
    return t.receiver.calls.at(-1)
  }
  const both = await sent()
  expect([signedBy(old?.reveal(), both), signedBy(secret.reveal(), both)]).toEqual([true, true])
  t.deps.clock.advance(dayMs)
  const later = await sent()
  expect([signedBy(old?.reveal(), later), signedBy(secret.reveal(), later)]).toEqual([false, true])
  const row = await t.deps.db.notificationChannel.findUniqueOrThrow({
    where: { id: channelId },
    omit: { previousSecretSealed: false },
  })
  expect(row.previousSecretSealed).toBeNull()
})

it('a secret that cannot be opened is told as a failed try, and holds up no other channel', async () => {
  const broken = await t.webhook()
  const living = await t.webhook()
  await t.deps.db.notificationChannel.update({
    where: { id: broken.channelId },
    data: { secretSealed: 'pb1.none.AAAA' },
  })
  await t.happen('connection.uncertain')
  await deliverDue(t.deps)
  expect(await t.deliveries(living.channelId)).toMatchObject([{ state: 'sent' }])
  expect(await t.deliveries(broken.channelId)).toMatchObject([
    { state: 'waiting', attempts: 1, status: null },
  ])
})
