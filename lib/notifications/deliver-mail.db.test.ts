import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { deliverDue } from './deliver-due'
import { makeNoticeBench, type NoticeBench, smtpPassword } from './testing/notice-bench'

let t: NoticeBench
beforeAll(async () => {
  t = await makeNoticeBench()
})
beforeEach(() => t.clear())
afterAll(() => t.close())

const header = (text: string | undefined, name: string) =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(text ?? '')?.[1]?.trim()

it('one event is one mail to all addresses, with plain text, HTML and a link', async () => {
  await t.mail([], 'ops@example.com, night@example.com')
  await t.happen('connection.needs_reconnect')
  await deliverDue(t.deps)
  const [mail] = t.mails
  expect(t.mails).toHaveLength(1)
  expect(mail?.to).toEqual(['ops@example.com', 'night@example.com'])
  expect(header(mail?.text, 'Subject')).toBe('Patchbay: Acme Inc needs to be reconnected')
  expect(header(mail?.text, 'From')).toBe('Patchbay <patchbay@example.com>')
  expect(mail?.text).toContain('text/plain')
  expect(mail?.text).toContain('text/html')
  expect(mail?.text).toContain('http://localhost:3000/connections/con_')
  expect(await t.deliveries()).toMatchObject([{ state: 'sent', status: 250 }])
})

it('events that wait together go in one mail, once, though several workers run', async () => {
  await t.mail()
  for (const name of ['Acme', 'Umbra', 'Initech']) await t.happen('connection.needs_reconnect', name)
  await Promise.all([deliverDue(t.deps), deliverDue(t.deps)])
  await deliverDue(t.deps)
  expect(t.mails.map(({ text }) => header(text, 'Subject'))).toEqual(['Patchbay: 3 connections need you'])
  for (const name of ['Acme', 'Umbra', 'Initech']) expect(t.mails[0]?.text).toContain(name)
})

it('a mail that the server refuses is tried again; its password is in no word and no log line', async () => {
  await t.mail()
  t.refuseMail({ code: 451, words: `try later, ${smtpPassword}` })
  await t.happen('connection.uncertain')
  await deliverDue(t.deps)
  const [refused] = await t.deliveries()
  expect(refused).toMatchObject({ state: 'waiting', status: 451, attempts: 1 })
  expect(refused?.words).toContain('try later')
  expect(refused?.words).not.toContain(smtpPassword)
  expect(t.logLines.join('\n')).not.toContain(smtpPassword)
  t.refuseMail(null)
  t.deps.clock.advance(7_000)
  await deliverDue(t.deps)
  expect(t.mails).toHaveLength(1)
  expect(await t.deliveries()).toMatchObject([{ state: 'sent', attempts: 2 }])
})

it('without a mail server the message waits and says which variables are missing', async () => {
  await t.mail()
  await t.happen('connection.uncertain')
  await deliverDue({ ...t.deps, mail: null })
  const [delivery] = await t.deliveries()
  expect(delivery).toMatchObject({ state: 'waiting', status: null })
  expect(delivery?.words).toContain('SMTP_URL and MAIL_FROM')
})
