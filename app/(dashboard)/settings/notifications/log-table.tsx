import Link from 'next/link'
import { DataTable } from '@/components/data/data-table'
import { Timestamp } from '@/components/data/timestamp'
import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import type { NotificationDeliveryRow, NotificationsPage } from '@/lib/server'
import { retryDeliveryAction } from './actions'
import { DeliveryState } from './delivery-state'

/** What was sent, or is to be sent, to the channels. */
export function LogTable({
  rows,
  page: { mayManage, channels },
}: {
  rows: readonly NotificationDeliveryRow[]
  page: Pick<NotificationsPage, 'mayManage' | 'channels'>
}) {
  const open = new Set(channels.filter(({ pausedAt }) => pausedAt === null).map(({ id }) => id))
  return (
    <DataTable
      caption="Deliveries, newest first"
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { key: 'event', head: 'Event', cell: (row) => <Event row={row} /> },
        { key: 'channel', head: 'Channel', cell: (row) => <Channel row={row} /> },
        {
          key: 'state',
          head: 'State',
          cell: (row) => <State row={row} mayRetry={mayManage && open.has(row.channelId)} />,
        },
        { key: 'tries', head: 'Tries', numeric: true, cell: ({ attempts }) => attempts },
        { key: 'at', head: 'Happened', cell: ({ at }) => <Timestamp at={at} /> },
      ]}
    />
  )
}

function Event({ row: { event, kind, href } }: { row: NotificationDeliveryRow }) {
  return (
    <div className="grid min-w-0">
      {href ? (
        <Link href={href} className="break-words font-medium underline-offset-4 hover:underline">
          {event}
        </Link>
      ) : (
        <span className="break-words font-medium">{event}</span>
      )}
      <span className="break-all font-mono text-ink-muted text-xs">{kind}</span>
    </div>
  )
}

function Channel({ row: { channelId, channelName, channelRemoved } }: { row: NotificationDeliveryRow }) {
  if (channelRemoved) {
    return (
      <span className="break-words">
        {channelName} <span className="text-ink-muted">(removed)</span>
      </span>
    )
  }
  return (
    <Link
      href={`/settings/notifications/${channelId}`}
      className="break-words underline-offset-4 hover:underline"
    >
      {channelName}
    </Link>
  )
}

function State({ row, mayRetry }: { row: NotificationDeliveryRow; mayRetry: boolean }) {
  const { state, status, words, attempts, nextTryAt } = row
  const answer = [status === null ? null : `Answered ${status}.`, words].filter(Boolean).join(' ')
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 max-sm:justify-end">
      <DeliveryState state={state} />
      {answer ? <span className="max-w-96 break-words text-ink-muted">{answer}</span> : null}
      {nextTryAt ? (
        <span className="text-ink-muted">
          {attempts === 0 ? 'Is sent ' : 'Next try '}
          <Timestamp at={nextTryAt} />
        </span>
      ) : null}
      {mayRetry && state === 'given_up' ? <Retry row={row} /> : null}
    </span>
  )
}

function Retry({ row: { id, event } }: { row: NotificationDeliveryRow }) {
  return (
    <ActionForm action={retryDeliveryAction} className="grid gap-2">
      <input type="hidden" name="deliveryId" value={id} />
      <div>
        <SubmitButton variant="secondary" size="sm">
          Try again <span className="sr-only">{event}</span>
        </SubmitButton>
      </div>
    </ActionForm>
  )
}
