import { z } from 'zod'

/** A stored notification as it is sent: to a webhook as JSON, to people as a mail. */
export type SendableEvent = {
  id: string
  kind: string
  at: Date
  subject: { kind: string; id: string; name: string }
  /** Facts, redacted before they were stored. */
  detail: Readonly<Record<string, string | number | null>>
}

const detailSchema = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))

/** Columns of a notification that make it sendable. */
export const sendableSelect = {
  id: true,
  kind: true,
  at: true,
  subjectKind: true,
  subjectId: true,
  subjectName: true,
  detail: true,
} as const

type NotificationRow = {
  id: string
  kind: string
  at: Date
  subjectKind: string
  subjectId: string
  subjectName: string
  detail: unknown
}

/** A row as it is sent; a detail that cannot be read is left out rather than holding the message back. */
export function sendableEvent(row: NotificationRow): SendableEvent {
  const detail = detailSchema.safeParse(row.detail)
  return {
    id: row.id,
    kind: row.kind,
    at: row.at,
    subject: { kind: row.subjectKind, id: row.subjectId, name: row.subjectName },
    detail: detail.success ? detail.data : {},
  }
}

/** The page of what an event tells of. @param appUrl origin of this Patchbay */
export function eventUrl(appUrl: URL, { subject: { kind, id } }: Pick<SendableEvent, 'subject'>): string {
  const segment = encodeURIComponent(id)
  switch (kind) {
    case 'connection':
      return new URL(`/connections/${segment}`, appUrl).href
    case 'app':
      return new URL(`/providers/${segment}`, appUrl).href
    case 'provider':
      return new URL('/providers', appUrl).href
    case 'api_key':
      return new URL(`/settings/api-keys/${segment}`, appUrl).href
    case 'channel':
      return new URL(`/settings/notifications/${segment}`, appUrl).href
    default:
      return new URL('/', appUrl).href
  }
}
