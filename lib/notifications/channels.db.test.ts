import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dumpDatabase } from '../installs/testing/install-bench'
import { channelPage } from '../queries/notification-channels'
import { notificationsPage } from '../queries/notifications-page'
import { addChannel } from './add-channel'
import { changeChannel } from './change-channel'
import { deliverDue } from './deliver-due'
import { pauseChannel, resumeChannel } from './pause-channel'
import { removeChannel } from './remove-channel'
import { replaceChannelSecret } from './replace-channel-secret'
import { retryDelivery } from './retry-delivery'
import { sendTrial } from './send-trial'
import { makeNoticeBench, type NoticeBench } from './testing/notice-bench'

const dayMs = 24 * 60 * 60 * 1000

let t: NoticeBench
beforeAll(async () => {
  t = await makeNoticeBench()
})
beforeEach(() => t.clear())
afterAll(() => t.close())

const actions = async (channelId: string) =>
  (await t.deps.db.auditEvent.findMany({ where: { subjectId: channelId }, orderBy: { id: 'asc' } })).map(
    ({ action }) => action.replace('notification_channel.', ''),
  )

describe('a channel is refused in words, beside its field:', () => {
  const add = (input: object) => addChannel(t.deps, t.admin, { name: 'Ops', events: [], ...input })
  it.each([
    ['http://hooks.example.com/x', 'It must begin with https://'],
    ['ftp://hooks.example.com', 'It must be a whole URL'],
    ['hooks.example.com/x', 'It must be a whole URL'],
    ['https://user:pass@hooks.example.com/', 'It must hold no user or password'],
    ['https://hooks.example.com/#part', 'It must hold no part after a #'],
  ])('the address %s', async (url, words) => {
    await expect(add({ kind: 'webhook', url })).rejects.toMatchObject({
      code: 'invalid_input',
      detail: { field: 'url' },
      message: expect.stringContaining(words),
    })
  })
  it.each([
    ['', 'Enter one address or several.'],
    ['ops@example.com, nobody', '“nobody” is not an e-mail address.'],
    ['a@example.com\r\nBcc:x@example.com', '“Bcc:x@example.com” is not an e-mail address.'],
    [Array.from({ length: 21 }, (_, n) => `a${n}@example.com`).join(' '), 'At most 20 addresses.'],
  ])('the recipients %j', async (recipients, words) => {
    await expect(add({ kind: 'email', recipients })).rejects.toMatchObject({
      code: 'invalid_input',
      detail: { field: 'recipients' },
      message: words,
    })
  })
  it('an unknown kind of event, no name, mail without a server', async () => {
    const target = { kind: 'webhook', url: 'https://hooks.example.com/' }
    await expect(add({ ...target, events: ['moon.full'] })).rejects.toMatchObject({
      detail: { field: 'events' },
    })
    await expect(add({ ...target, name: ' ' })).rejects.toMatchObject({ detail: { field: 'name' } })
    await expect(
      addChannel({ ...t.deps, mail: null }, t.admin, {
        kind: 'email',
        name: 'Ops',
        recipients: 'ops@example.com',
        events: [],
      }),
    ).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('SMTP_URL and MAIL_FROM') })
  })
})

it('a receiver inside the own network is taken: https at a private address, http on this machine', async () => {
  for (const url of ['https://10.0.0.7/hook', 'https://hooks.internal/x', 'http://127.0.0.1:8080/x'])
    await expect(t.webhook([], url)).resolves.toMatchObject({ channelId: expect.any(String) })
})

it('only an admin changes anything, and each change is in the trail', async () => {
  const { channelId } = await t.webhook()
  const change = {
    channelId,
    kind: 'webhook',
    name: 'Renamed',
    url: `${t.receiver.origin}/x`,
    events: ['app.broken'],
  }
  const verbs = [
    (who: NoticeBench['admin']) => changeChannel(t.deps, who, change),
    (who: NoticeBench['admin']) => replaceChannelSecret(t.deps, who, { channelId }),
    (who: NoticeBench['admin']) => pauseChannel(t.deps, who, { channelId }),
    (who: NoticeBench['admin']) => resumeChannel(t.deps, who, { channelId }),
    (who: NoticeBench['admin']) => sendTrial(t.deps, who, { channelId }),
    (who: NoticeBench['admin']) => removeChannel(t.deps, who, { channelId }),
  ]
  const { url: _url, channelId: _id, ...rest } = change
  await expect(
    addChannel(t.deps, t.viewer, { ...rest, url: 'https://hooks.example.com/' }),
  ).rejects.toMatchObject({ code: 'forbidden' })
  for (const verb of verbs) await expect(verb(t.viewer)).rejects.toMatchObject({ code: 'forbidden' })
  expect(await actions(channelId)).toEqual(['added'])
  for (const verb of verbs) {
    t.deps.clock.advance(1)
    await verb(t.admin)
  }
  expect(await actions(channelId)).toEqual([
    'added',
    'changed',
    'secret_replaced',
    'paused',
    'resumed',
    'tested',
    'removed',
  ])
  for (const verb of verbs) await expect(verb(t.admin)).rejects.toMatchObject({ code: 'not_found' })
})

it('the secret is in no row, log line, page or error', async () => {
  const { channelId, secret } = await t.webhook()
  const { secret: second } = await replaceChannelSecret(t.deps, t.admin, { channelId })
  // A receiver that echoes what it knows.
  t.answerWith(() => ({ status: 400, body: `no: ${secret?.reveal()} ${second.reveal()}` }))
  await t.happen('connection.uncertain')
  await deliverDue(t.deps)
  await sendTrial(t.deps, t.admin, { channelId })
  const pages = [await notificationsPage(t.deps, t.admin, {}), await channelPage(t.deps, t.admin, channelId)]
  const written = `${await dumpDatabase(t.deps)}\n${t.logLines.join('\n')}\n${JSON.stringify(pages)}`
  for (const each of [secret, second]) {
    const value = each?.reveal().slice('whsec_'.length, -1) ?? ''
    expect(value).toHaveLength(43)
    expect(written).not.toContain(value)
  }
})

it('an address whose path may be a password is in no log line, and a viewer sees its host alone', async () => {
  const { channelId } = await t.webhook()
  await t.happen('connection.uncertain')
  await deliverDue(t.deps)
  expect(t.logLines.join('\n')).not.toContain('9f8e7d6c5b4a39281706')
  expect(JSON.stringify(await t.deps.db.auditEvent.findMany())).not.toContain('9f8e7d6c5b4a39281706')
  const page = await channelPage(t.deps, t.viewer, channelId)
  expect(page?.addresses).toEqual([`${t.receiver.origin}/…`])
  expect(JSON.stringify(await notificationsPage(t.deps, t.viewer, {}))).not.toContain('9f8e7d6c5b4a39281706')
})

it('a paused channel is sent nothing, then or later, and goes on when resumed', async () => {
  const { channelId } = await t.webhook()
  t.answerWith(() => ({ status: 500 }))
  await t.happen('connection.uncertain', 'Before')
  await deliverDue(t.deps)
  expect(await pauseChannel(t.deps, t.admin, { channelId })).toEqual({ givenUp: 1 })
  t.answerWith()
  await t.happen('connection.uncertain', 'Meanwhile')
  t.deps.clock.advance(dayMs)
  await deliverDue(t.deps)
  await expect(sendTrial(t.deps, t.admin, { channelId })).rejects.toMatchObject({ code: 'conflict' })
  await resumeChannel(t.deps, t.admin, { channelId })
  await t.happen('connection.uncertain', 'After')
  await deliverDue(t.deps)
  const names = (await t.deliveries()).map(({ state, notification }) => [notification.subjectName, state])
  expect(names).toEqual([
    ['Before', 'given_up'],
    ['After', 'sent'],
  ])
})

it('a removed channel is sent nothing, its secret is gone, and its log stays', async () => {
  const { channelId } = await t.webhook()
  await t.happen('connection.uncertain')
  await deliverDue(t.deps)
  await removeChannel(t.deps, t.admin, { channelId })
  await t.happen('connection.uncertain')
  await deliverDue(t.deps)
  expect(t.receiver.calls).toHaveLength(1)
  const row = await t.deps.db.notificationChannel.findUniqueOrThrow({
    where: { id: channelId },
    omit: { secretSealed: false },
  })
  expect(row.secretSealed).toBeNull()
  const page = await notificationsPage(t.deps, t.viewer, {})
  expect(page.channels).toEqual([])
  expect(page.deliveries).toMatchObject([{ channelRemoved: true, state: 'sent' }])
})

it('a test message goes the way of all, tells how it went, and is not tried again', async () => {
  const { channelId } = await t.webhook(['app.broken'])
  expect(await sendTrial(t.deps, t.admin, { channelId })).toEqual({ kind: 'sent', status: 204, words: null })
  expect(JSON.parse(t.receiver.calls[0]?.body ?? '')).toMatchObject({ type: 'test' })
  t.answerWith(() => ({ status: 401, body: 'who are you?' }))
  expect(await sendTrial(t.deps, t.admin, { channelId })).toMatchObject({
    kind: 'failed',
    status: 401,
    words: 'who are you?',
  })
  t.deps.clock.advance(dayMs)
  await deliverDue(t.deps)
  expect(t.receiver.calls).toHaveLength(2)
  const states = (await t.deliveries()).map(({ state }) => state).sort()
  expect(states).toEqual(['given_up', 'sent'])
})

it('what was given up is tried again by hand, what was sent is not', async () => {
  const { channelId } = await t.webhook()
  t.answerWith(() => ({ status: 410 }))
  await t.happen('connection.uncertain')
  await deliverDue(t.deps)
  const [delivery] = await t.deliveries()
  const again = () => retryDelivery(t.deps, t.admin, { deliveryId: delivery?.id })
  await expect(again()).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('paused'),
  })
  await resumeChannel(t.deps, t.admin, { channelId })
  t.answerWith()
  await expect(retryDelivery(t.deps, t.viewer, { deliveryId: delivery?.id })).rejects.toMatchObject({
    code: 'forbidden',
  })
  await again()
  await deliverDue(t.deps)
  expect(await t.deliveries()).toMatchObject([{ state: 'sent', attempts: 2 }])
  await expect(again()).rejects.toMatchObject({ code: 'conflict' })
})

it('the log is cut by pages and filtered by channel and state', async () => {
  const good = await t.webhook()
  await t.mail()
  t.refuseMail({ code: 550, words: 'no such user' })
  for (let each = 0; each < 30; each++) {
    await t.happen('connection.uncertain', `Company ${each}`)
    t.deps.clock.advance(1)
  }
  await deliverDue(t.deps)
  const first = await notificationsPage(t.deps, t.viewer, {})
  expect(first.deliveries).toHaveLength(50)
  const second = await notificationsPage(t.deps, t.viewer, { older: first.olderThan })
  expect(second.deliveries).toHaveLength(10)
  expect(second.olderThan).toBeNull()
  expect(new Set([...first.deliveries, ...second.deliveries].map(({ id }) => id)).size).toBe(60)
  const sent = await notificationsPage(t.deps, t.viewer, { channel: good.channelId, state: 'sent' })
  expect(sent.deliveries).toHaveLength(30)
  const none = await notificationsPage(t.deps, t.viewer, { channel: good.channelId, state: 'waiting' })
  expect(none.deliveries).toEqual([])
  const [row] = first.channels.filter(({ kind }) => kind === 'email')
  expect(row).toMatchObject({ waiting: 30, last: { state: 'waiting', status: 550 } })
})
