import { CircleCheck, Clock } from 'lucide-react'
import Link from 'next/link'
import { Countdown } from '@/components/data/countdown'
import { ProviderMark } from '@/components/data/provider-mark'
import { StatusWord } from '@/components/data/status-badge'
import { Timestamp } from '@/components/data/timestamp'
import { ActionForm } from '@/components/forms/action-form'
import { PostForm } from '@/components/forms/post-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { Attention, AttentionItem } from '@/lib/server'
import { whoSaid } from './connections/[id]/failure-words'
import { checkConnection, refreshConnection } from './connections/actions'
import { DisabledButton } from './disabled-button'

/** What only a person can set right, why, and the one button that helps. */
export function AttentionCard({ attention, isAdmin }: { attention: Attention; isAdmin: boolean }) {
  const { items, total } = attention
  if (total === 0) {
    return (
      <Card title="Needs attention">
        <p className="flex items-center gap-2 text-ink-muted">
          <CircleCheck aria-hidden="true" className="size-4 text-ok" />
          Nothing needs a person.
        </p>
      </Card>
    )
  }
  return (
    <Card
      flush
      title={
        <>
          Needs attention <span className="font-normal text-ink-faint tabular-nums">{total}</span>
        </>
      }
      footer={
        total > items.length ? (
          <Link
            href="/connections?status=needs_reconnect,uncertain,suspended,app_misconfigured,retrying"
            className="rounded-sm text-accent underline-offset-4 hover:underline"
          >
            Show all {total}
          </Link>
        ) : null
      }
    >
      <ul>
        {items.map((item) => (
          <li
            key={item.key}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-line border-b px-4 py-3 last:border-0"
          >
            <div className="min-w-0 flex-1 basis-64">
              <p className="flex flex-wrap items-center gap-2">
                <ProviderMark provider={item.provider} bare />
                <Link href={item.href} className="font-medium underline-offset-4 hover:underline">
                  {item.title}
                </Link>
                <Standing item={item} />
              </p>
              <p className="mt-0.5 break-words text-ink-muted">{item.why}</p>
              <Said said={item.said} />
              <Next next={item.next} />
            </div>
            <Helps item={item} isAdmin={isAdmin} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** The status and since when; of an account that still works, the clock that runs out. */
function Standing({ item: { status, since, reconnectBy } }: { item: AttentionItem }) {
  if (reconnectBy) {
    return (
      <>
        <Badge tone="warn" icon={<Clock aria-hidden="true" />}>
          Reconnect soon
        </Badge>
        <span className="text-sm">
          <Countdown to={reconnectBy} />
        </span>
      </>
    )
  }
  return (
    <>
      <StatusWord status={status} />
      <span className="text-ink-muted text-sm">
        <Timestamp at={since} />
      </span>
    </>
  )
}

/** The provider's own words in quotes; a call that got no answer is told in Patchbay's. */
function Said({ said }: Pick<AttentionItem, 'said'>) {
  if (!said) return null
  const { by, words } = whoSaid(said.code, said.words)
  return (
    <p className="line-clamp-2 break-words text-ink-muted text-sm">
      {by === 'provider' ? <q>{words}</q> : words}
    </p>
  )
}

function Next({ next }: Pick<AttentionItem, 'next'>) {
  if (!next) return null
  return (
    <p className="text-ink-muted text-sm">
      Next by itself: {next.step}
      {next.at ? (
        <>
          {' · '}
          <Countdown to={next.at} past="Due" className="text-ink" />
        </>
      ) : null}
    </p>
  )
}

function Helps({ item: { button, provider, title }, isAdmin }: { item: AttentionItem; isAdmin: boolean }) {
  if (!button) return null
  switch (button.kind) {
    case 'fix_app':
      return (
        <ButtonLink size="sm" href={`/providers/${button.appId}`}>
          {isAdmin ? 'Correct the app' : 'Show the app'}
        </ButtonLink>
      )
    case 'check_again':
      if (!isAdmin) return <DisabledButton why="Only an admin can check.">Check again</DisabledButton>
      return (
        <ActionForm action={checkConnection} className="grid gap-2">
          <input type="hidden" name="connection" value={button.connectionId} />
          <SubmitButton size="sm" variant="secondary" aria-label={`Check ${title} again`}>
            Check again
          </SubmitButton>
        </ActionForm>
      )
    case 'refresh_now':
      if (!isAdmin) return <DisabledButton why="Only an admin can refresh.">Refresh now</DisabledButton>
      return (
        <ActionForm action={refreshConnection} className="grid gap-2">
          <input type="hidden" name="connection" value={button.connectionId} />
          <SubmitButton size="sm" variant="secondary" aria-label={`Refresh ${title} now`}>
            Refresh now
          </SubmitButton>
        </ActionForm>
      )
    case 'reconnect':
      if (!isAdmin) return <DisabledButton why="Only an admin can reconnect.">Reconnect</DisabledButton>
      return (
        <PostForm action={`/api/connect/${provider}`} fields={{ connection: button.connectionId }}>
          <SubmitButton size="sm" aria-label={`Reconnect ${title}`}>
            Reconnect
          </SubmitButton>
        </PostForm>
      )
  }
}
