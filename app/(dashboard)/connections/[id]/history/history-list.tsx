import { CircleUser, KeyRound, Plug } from 'lucide-react'
import Link from 'next/link'
import { groupDigits } from '@/components/data/rate-reading'
import { dateWords } from '@/components/data/time-words'
import { Timestamp } from '@/components/data/timestamp'
import type { HistoryRow } from '@/lib/server'
import { whoSaid } from '../failure-words'
import { OutcomeBadge } from '../outcome-badge'
import { causeOf, durationWords, rotationTitle } from '../rotation-words'
import { byDay } from './by-day'
import { eventWords, factWords } from './event-words'
import { withoutRepeats } from './without-repeats'

const icons = { rotation: <KeyRound />, event: <CircleUser />, reads: <Plug /> } as const

/** What happened, a list for each day (UTC) and a line for each call or event; `id` is the anchor that a link to one uses. */
export function HistoryList({ rows }: { rows: readonly HistoryRow[] }) {
  return byDay(withoutRepeats(rows)).map(({ day, rows }) => (
    <section key={day} aria-label={dateWords(Date.parse(day))}>
      <h3 className="border-line border-b bg-canvas px-4 py-1.5 font-medium text-ink-muted text-sm">
        {dateWords(Date.parse(day))}
      </h3>
      <ol className="border-line border-b last:border-0">
        {rows.map((row) => (
          <li
            key={row.id}
            id={row.id}
            className="flex gap-3 border-line border-b px-4 py-3 last:border-0 target:bg-accent-soft"
          >
            <span aria-hidden="true" className="mt-0.5 text-ink-faint [&_svg]:size-4">
              {icons[row.kind]}
            </span>
            <div className="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-4 gap-y-1">
              <div className="min-w-0">
                {row.kind === 'rotation' ? <Rotation row={row} /> : null}
                {row.kind === 'event' ? <Event row={row} /> : null}
                {row.kind === 'reads' ? <Reads row={row} /> : null}
              </div>
              <span className="text-ink-muted text-sm">
                <Timestamp at={row.at} />
              </span>
            </div>
          </li>
        ))}
      </ol>
    </section>
  ))
}

function Rotation({ row }: { row: Extract<HistoryRow, { kind: 'rotation' }> }) {
  const { kind, cause, outcome, failure, generation, startedAt, endedAt } = row.rotation
  const said = failure && whoSaid(failure.code, failure.words)
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        {rotationTitle(kind)} <OutcomeBadge outcome={outcome} />
      </p>
      <p className="text-ink-muted text-sm">
        Because: {causeOf(cause)} · generation <span className="tabular-nums">{generation}</span>
        {outcome === 'renewed' ? (
          <>
            {' '}
            to <span className="tabular-nums">{generation + 1}</span>
          </>
        ) : null}
        {endedAt ? (
          <>
            {' · '}
            <span className="whitespace-nowrap tabular-nums">
              took {durationWords(endedAt.getTime() - startedAt.getTime())}
            </span>
          </>
        ) : null}
      </p>
      {failure && said ? (
        <p className="break-words text-sm">
          {said.by === 'provider' ? <q>{said.words}</q> : said.words}{' '}
          <code className="font-mono text-ink-muted">({failure.code})</code>
        </p>
      ) : null}
    </>
  )
}

function Event({ row }: { row: Extract<HistoryRow, { kind: 'event' }> }) {
  const { action, actorName, detail } = row.event
  return (
    <>
      <p>
        {eventWords(action)} <span className="text-ink-muted">by {actorName}</span>
      </p>
      {detail.length > 0 ? (
        <dl className="flex flex-wrap gap-x-4 text-sm">
          {detail.map((fact) => (
            <div key={fact.name} className="min-w-0">
              <dt className="inline text-ink-muted">{factWords(fact.name)}: </dt>
              <dd className="inline break-words">{fact.value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </>
  )
}

/** An hour's reads by one key: programs read too often for a line each. */
function Reads({ row }: { row: Extract<HistoryRow, { kind: 'reads' }> }) {
  const { key, reads, from, to } = row.reads
  const minutes = Math.round((to.getTime() - from.getTime()) / 60_000) + 1
  const within = minutes === 1 ? 'a minute' : `${minutes} minutes`
  return (
    <>
      <p className="break-words">
        <Link href={`/settings/api-keys/${key.id}`} className="rounded-sm underline-offset-4 hover:underline">
          {key.name}
        </Link>{' '}
        read the token <span className="text-ink-muted">with its API key</span>
      </p>
      <p className="text-ink-muted text-sm tabular-nums">
        {reads === 1 ? 'Once' : `${groupDigits(reads)} times within ${within}`}
      </p>
    </>
  )
}
