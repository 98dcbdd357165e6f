/** What people are told of, by e-mail or webhook. The names are part of the webhooks and do not change. */
export const notificationKinds = [
  'connection.needs_reconnect',
  'connection.uncertain',
  'connection.suspended',
  'connection.reconnect_soon',
  'connection.recovered',
  'app.broken',
  'app.recovered',
  'provider.trouble',
  'provider.recovered',
  'api_key.expiring',
  'workers.stopped',
  'workers.running',
  'database.held',
] as const
export type NotificationKind = (typeof notificationKinds)[number]

export type NotificationEvent = {
  kind: NotificationKind
  /** The same event has the same key: it is told once, however often and by however many processes it is noticed. */
  dedupeKey: string
  subject: { kind: 'connection' | 'app' | 'provider' | 'api_key' | 'instance'; id: string; name: string }
  /** Facts for the message, redacted: never a secret. */
  detail: Readonly<Record<string, string | number | null>>
}
