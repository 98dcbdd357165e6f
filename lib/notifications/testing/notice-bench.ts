import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { testDatabase } from '../../../tests/database'
import { type FakeAnswer, type FakeCall, fakeServer } from '../../../tests/fake-server'
import { testDeps } from '../../../tests/test-deps'
import type { UserActor } from '../../core/actor'
import { newId } from '../../core/ids'
import type { NotificationEvent, NotificationKind } from '../../core/notification-event'
import { addChannel } from '../add-channel'
import { announce } from '../announce'

export const smtpPassword = 'mail-pass-w0rd'

export type TakenMail = { to: string[]; text: string }

/** A real mail server on this machine that takes mail, or answers as a test says. */
export async function mailServer(answer: () => { code: number; words: string } | null) {
  const mails: TakenMail[] = []
  const server = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      password === smtpPassword ? done(null, { user: username }) : done(new Error('Invalid login')),
    onData(stream, { envelope }, done) {
      let text = ''
      stream.on('data', (chunk) => {
        text += chunk
      })
      stream.on('end', () => {
        const refusal = answer()
        if (refusal) return done(Object.assign(new Error(refusal.words), { responseCode: refusal.code }))
        mails.push({ to: envelope.rcptTo.map(({ address }) => address), text })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.server.address() as AddressInfo
  return {
    mails,
    url: `smtp://patchbay:${smtpPassword}@127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

export type NoticeBench = Awaited<ReturnType<typeof makeNoticeBench>>

/** One database, one webhook receiver, one mail server and an admin. */
export async function makeNoticeBench() {
  let hook: (call: FakeCall) => FakeAnswer = () => ({ status: 204 })
  let refusal: { code: number; words: string } | null = null
  const receiver = await fakeServer((call) => hook(call))
  const smtp = await mailServer(() => refusal)
  const database = await testDatabase()
  const env = { SMTP_URL: smtp.url, MAIL_FROM: 'Patchbay <patchbay@example.com>' }
  const { deps, logLines, close } = await testDeps(database, env)
  const id = (kind: Parameters<typeof newId>[0]) =>
    newId(kind, deps.clock.now().getTime(), deps.random.bytes(10))
  const person = (role: 'admin' | 'viewer'): UserActor => ({
    kind: 'user',
    id: id('user'),
    name: `Some ${role}`,
    email: `${role}@example.com`,
    role,
    sessionId: id('session'),
  })
  const admin = person('admin')
  let made = 0

  return {
    deps,
    logLines,
    admin,
    viewer: person('viewer'),
    receiver,
    mails: smtp.mails,
    /** What the receiver answers from now on. */
    answerWith(answer: (call: FakeCall) => FakeAnswer = () => ({ status: 204 })) {
      hook = answer
    },
    /** What the mail server says to a mail from now on; `null`: it takes it. */
    refuseMail(words: { code: number; words: string } | null) {
      refusal = words
    },
    webhook: (events: NotificationKind[] = [], url = `${receiver.origin}/hooks/9f8e7d6c5b4a39281706`) =>
      addChannel(deps, admin, { kind: 'webhook', name: `Hook ${++made}`, url, events }),
    mail: (events: NotificationKind[] = [], recipients = 'ops@example.com') =>
      addChannel(deps, admin, { kind: 'email', name: `Mail ${++made}`, recipients, events }),
    /** Something happened to a connection. */
    happen: (kind: NotificationKind, name = 'Acme Inc') => {
      const key = `${kind} ${++made}`
      const subject: NotificationEvent['subject'] = { kind: 'connection', id: `con_${made}`, name }
      return announce(deps.db, deps, { kind, dedupeKey: key, subject, detail: { words: 'invalid_grant' } })
    },
    deliveries: (channelId?: string) =>
      deps.db.notificationDelivery.findMany({
        where: channelId ? { channelId } : {},
        orderBy: { id: 'asc' },
        include: { notification: true },
      }),
    /** The next test begins with no channel, no event and nothing taken. */
    async clear() {
      await deps.db.notificationChannel.deleteMany()
      await deps.db.notification.deleteMany()
      receiver.calls.length = 0
      smtp.mails.length = 0
      hook = () => ({ status: 204 })
      refusal = null
    },
    async close() {
      await close()
      await database.close()
      await receiver.close()
      await smtp.close()
    },
  }
}
