import { describe, expect, it } from 'vitest'
import { notificationKinds } from '../core/notification-event'
import { mailMessage } from './mail-message'
import type { SendableEvent } from './sendable-event'

const appUrl = new URL('https://patchbay.example.com')
const channel = { id: 'chn_1', name: 'Ops' }

function event(kind: string, id: string, name = 'Acme Inc'): SendableEvent {
  const [noun = ''] = kind.split('.')
  const subject = { kind: noun, id, name }
  return { id: `ntf_${id}`, kind, at: new Date('2026-11-21T05:04:33Z'), subject, detail: {} }
}

describe('the subject', () => {
  const subjectOf = (...events: SendableEvent[]) => mailMessage(events, { appUrl, channel }).subject

  it('of one event says what happened', () => {
    expect(subjectOf(event('connection.needs_reconnect', 'con_1'))).toBe(
      'Patchbay: Acme Inc needs to be reconnected',
    )
  })

  it('of several counts what needs a person first, each connection once', () => {
    expect(
      subjectOf(
        event('connection.recovered', 'con_9'),
        event('connection.uncertain', 'con_1'),
        event('connection.needs_reconnect', 'con_1'),
        event('connection.needs_reconnect', 'con_2'),
        event('connection.uncertain', 'con_3'),
      ),
    ).toBe('Patchbay: 3 connections need you, 1 connection recovered')
  })

  it('is one short line whatever the name', () => {
    const subject = subjectOf(
      event('connection.uncertain', 'con_1', `A\r\nBcc: x@example.com ${'x'.repeat(300)}`),
    )
    expect(subject).not.toMatch(/[\r\n]/)
    expect(subject.length).toBeLessThanOrEqual(140)
  })

  it('has words for every kind, and a name for one of a later version', () => {
    for (const kind of notificationKinds) expect(subjectOf(event(kind, 'id_1'))).not.toContain(kind)
    expect(subjectOf(event('connection.turned_blue', 'con_1'))).toBe(
      'Patchbay: Acme Inc: connection.turned_blue',
    )
  })
})

it('tells what happened, when, the facts, where to go and why this address is told', () => {
  const told = {
    ...event('app.broken', 'app_1'),
    detail: {
      provider: 'outreach',
      words: 'invalid_client',
      since: '2026-11-20T23:59:58.001Z',
      retryAt: null,
    },
  }
  const { text } = mailMessage([told, event('connection.uncertain', 'con_2', 'Umbra')], { appUrl, channel })
  expect(text).toContain('The provider app Acme Inc is refused.')
  expect(text).toContain('Provider: Outreach\nIt said: invalid_client\nSince: 2026-11-20 23:59 UTC\n')
  expect(text).not.toContain('Retry at')
  expect(text).toContain('2026-11-21 05:04 UTC')
  expect(text).toContain('https://patchbay.example.com/providers/app_1')
  expect(text).toContain('https://patchbay.example.com/connections/con_2')
  expect(text).toContain('https://patchbay.example.com/settings/notifications/chn_1')
})

it('lets no name become markup', () => {
  const { html } = mailMessage([event('connection.uncertain', 'con_1', '<img src=x onerror=alert(1)>"&')], {
    appUrl,
    channel: { id: 'chn_1', name: '<b>' },
  })
  expect(html).not.toMatch(/<img|<b>/)
  expect(html).toContain('&lt;img src=x')
})
