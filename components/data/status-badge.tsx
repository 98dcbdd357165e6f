import Link from 'next/link'
import { type StatusView, statusWords } from '@/lib/core/status'
import { Badge } from '../ui/badge'
import { HoverCard } from '../ui/hover-card'
import { statusLooks } from './status-look'
import { RelativeTime } from './timestamp'

/**
 * The status of a connection: icon, word and colour. Hover, focus or a tap explains it: since when, the last success, what Patchbay does
 * next and when, and the last fault, which links to its event when `failureHref` is given.
 */
export function StatusBadge({ view, failureHref }: { view: StatusView; failureHref?: string }) {
  const { meaning } = statusLooks[view.status]
  return (
    <HoverCard
      label={`About the status ${statusWords[view.status]}`}
      className="rounded-full"
      trigger={<StatusWord status={view.status} />}
    >
      <span className="grid gap-2.5">
        <span>{meaning}</span>
        <span className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          <Fact name="Since">
            <RelativeTime at={view.since} />
          </Fact>
          <Fact name="Last success">
            {view.lastSuccessAt ? <RelativeTime at={view.lastSuccessAt} /> : 'None yet'}
          </Fact>
          {view.nextStep ? (
            <Fact name="Next">
              {view.nextStep}
              {view.nextStepAt ? (
                <>
                  {' '}
                  <RelativeTime at={view.nextStepAt} />
                </>
              ) : null}
            </Fact>
          ) : null}
          {view.failure ? (
            <Fact name="Last fault">
              {view.failure.words} <code className="font-mono text-ink-muted">({view.failure.code})</code>,{' '}
              <RelativeTime at={view.failure.at} />
            </Fact>
          ) : null}
        </span>
        {view.failure && failureHref ? (
          <Link href={failureHref} className="text-accent underline-offset-4 hover:underline">
            Show the event
          </Link>
        ) : null}
      </span>
    </HoverCard>
  )
}

/** The badge alone, without its explanation: for legends, filters and counts. */
export function StatusWord({ status }: { status: StatusView['status'] }) {
  const { Icon, tone } = statusLooks[status]
  return (
    <Badge tone={tone} icon={<Icon aria-hidden="true" />}>
      {statusWords[status]}
    </Badge>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <span className="contents">
      <span className="text-ink-muted">{name}</span>
      <span className="min-w-0 break-words">{children}</span>
    </span>
  )
}
