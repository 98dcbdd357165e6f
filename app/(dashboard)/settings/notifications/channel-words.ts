import { type NotificationKind, notificationKinds } from '@/lib/core/notification-event'

export const channelKindWords = { email: 'E-mail', webhook: 'Webhook' } as const

/** How much of what happens a channel is told of. @param events empty: all */
export function eventsWords(events: readonly NotificationKind[]): string {
  if (events.length === 0) return 'All events'
  return events.length === 1 ? '1 kind of event' : `${events.length} of ${notificationKinds.length} kinds`
}

export const adminReason = 'Changing channels needs the role admin.'
