import Link from 'next/link'
import type { ReactNode } from 'react'
import { groupDigits } from '@/components/data/rate-reading'
import { RelativeTime } from '@/components/data/timestamp'
import type { OverviewPage } from '@/lib/server'
import { shareWords } from './share-words'

/** The four figures that tell in five seconds whether tokens are kept alive. */
export function Figures({ figures }: { figures: OverviewPage['figures'] }) {
  const { rotations, waitedFor, overdue, planned } = figures
  const ended = rotations.succeeded + rotations.failed
  return (
    <dl
      aria-label="Renewals"
      className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line xl:grid-cols-4"
    >
      <Figure
        name="Renewed in 24 hours"
        value={rotations.succeeded}
        tone={rotations.failed > 0 && rotations.failed * 20 > ended ? 'text-warn' : ''}
      >
        {ended === 0 ? 'No renewal was due' : shareWords(rotations.succeeded, rotations.failed)}
      </Figure>
      <Figure name="Waited for" value={waitedFor}>
        {waitedFor === 0 ? 'Programs found every token fresh' : 'Renewals that a program had to wait for'}
      </Figure>
      <Figure name="Overdue" value={overdue.count} tone={overdue.count > 0 ? 'text-warn' : ''}>
        {overdue.oldest ? (
          <>
            <Link
              href={`/connections/${overdue.oldest.connectionId}`}
              className="rounded-sm text-accent underline-offset-4 hover:underline"
            >
              {overdue.oldest.name}
            </Link>{' '}
            since <RelativeTime at={overdue.oldest.since} />
          </>
        ) : (
          'Every renewal is on time'
        )}
      </Figure>
      <Figure name="In the next hour" value={planned.nextHour}>
        {planned.nextAt ? (
          <>
            Renewals; the first <RelativeTime at={planned.nextAt} />
          </>
        ) : (
          'No renewal is due'
        )}
      </Figure>
    </dl>
  )
}

function Figure({
  name,
  value,
  tone = '',
  children,
}: {
  name: string
  value: number
  tone?: string
  children: ReactNode
}) {
  return (
    <div className="min-w-0 bg-surface px-4 py-3">
      <dt className="text-ink-muted text-sm">{name}</dt>
      <dd className={`font-medium text-2xl tabular-nums ${tone}`}>{groupDigits(value)}</dd>
      <dd className="break-words text-ink-muted text-sm">{children}</dd>
    </div>
  )
}
