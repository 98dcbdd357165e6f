import { notificationKinds } from '../core/notification-event'
import { testKind, wordsOfKind } from '../core/notification-words'
import { factLines, instantWords } from './fact-words'
import { eventUrl, type SendableEvent } from './sendable-event'

export type MailMessage = { subject: string; text: string; html: string }

const subjectMax = 140
const namesMax = 100

/**
 * Events of one channel that waited together, as one mail.
 *
 * @param events one at least, in the order they happened
 * @param channel why this address is told, and where to change it
 */
export function mailMessage(
  events: readonly SendableEvent[],
  { appUrl, channel }: { appUrl: URL; channel: { id: string; name: string } },
): MailMessage {
  const entries = events.map((event) => entryOf(event, appUrl))
  const settings = new URL(`/settings/notifications/${encodeURIComponent(channel.id)}`, appUrl).href
  const why = `You are told by the channel “${channel.name}” of Patchbay at ${appUrl.origin}. Change it: ${settings}`
  const whyHtml = `You are told by the channel “${escapeHtml(channel.name)}” of Patchbay at ${escapeHtml(appUrl.origin)}. <a href="${escapeHtml(settings)}" style="color:#555">Change it</a>`
  return {
    subject: cut(`Patchbay: ${subjectOf(events)}`, subjectMax),
    text: `${entries.map(textOf).join('\n\n')}\n\n-- \n${why}\n`,
    html: `<!doctype html><html lang="en"><body style="margin:0;padding:24px;font:15px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff">${entries.map(htmlOf).join('')}<p style="margin:24px 0 0;color:#555;font-size:13px">${whyHtml}</p></body></html>`,
  }
}

function subjectOf(events: readonly SendableEvent[]): string {
  const [only] = events
  if (events.length === 1 && only) return wordsOfKind(only.kind).happened(cut(only.subject.name, namesMax))
  const groups = new Map<string, { counted(count: number): string; subjects: Set<string> }>()
  for (const event of [...events].sort((one, two) => rank(one.kind) - rank(two.kind))) {
    const { counted } = wordsOfKind(event.kind)
    // Kinds that are counted in the same words are one group.
    const group = groups.get(counted(2)) ?? { counted, subjects: new Set<string>() }
    groups.set(counted(2), group)
    group.subjects.add(event.kind === testKind ? event.id : event.subject.id)
  }
  return [...groups.values()].map(({ counted, subjects }) => counted(subjects.size)).join(', ')
}

/** What needs a person stands first. */
function rank(kind: string): number {
  const order: readonly string[] = notificationKinds
  return order.includes(kind) ? order.indexOf(kind) : order.length
}

type Entry = { title: string; meaning: string; facts: string[]; at: string; url: string }

function entryOf(event: SendableEvent, appUrl: URL): Entry {
  const { happened, meaning } = wordsOfKind(event.kind)
  return {
    title: happened(cut(event.subject.name, namesMax)),
    meaning,
    facts: factLines(event.detail),
    at: instantWords(event.at),
    url: eventUrl(appUrl, event),
  }
}

function textOf({ title, meaning, facts, at, url }: Entry): string {
  return [`${title}.`, meaning, ...facts, at, url].filter((line) => line !== '').join('\n')
}

function htmlOf({ title, meaning, facts, at, url }: Entry): string {
  const lines = [meaning, ...facts].filter((line) => line !== '').map((line) => `${escapeHtml(line)}<br>`)
  return `<p style="margin:0 0 20px"><a href="${escapeHtml(url)}" style="color:#0b57d0;font-weight:600">${escapeHtml(title)}</a><br>${lines.join('')}<span style="color:#555">${at}</span></p>`
}

function cut(text: string, max: number): string {
  const line = text.replace(/[\s\p{C}]+/gu, ' ')
  return line.length > max ? `${line.slice(0, max - 1).trimEnd()}…` : line
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
