import { Check, RefreshCw, Stethoscope, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { KeyValueList } from '@/components/data/key-value-list'
import { statusLooks } from '@/components/data/status-look'
import { RelativeTime } from '@/components/data/timestamp'
import { ButtonLink } from '@/components/ui/button'
import { Callout, type CalloutKind } from '@/components/ui/callout'
import { statusWords } from '@/lib/core/status'
import type { ConnectionPage } from '@/lib/server'
import { acceptPending, checkConnection, refreshConnection } from '../actions'
import { ActionButton } from './action-button'
import { EndedCallout } from './ended-callout'
import { viewerReason } from './off-button'
import { ReconnectForm } from './reconnect-form'
import { RefuseDialog } from './refuse-dialog'
import { whyFacts } from './why-facts'

const kinds: Record<string, CalloutKind> = {
  ok: 'success',
  info: 'info',
  warn: 'warn',
  danger: 'error',
  neutral: 'info',
}

/** The why card of a state that is not healthy: what it means, the facts behind it, and the one button that helps. */
export function StatusCallout({ connection }: { connection: ConnectionPage }) {
  const { status, pending, ended } = connection
  if (ended) return <EndedCallout connection={connection} refused={ended.refused} />
  if (status.status === 'healthy') return null
  const { meaning, tone } = statusLooks[status.status]
  return (
    <section aria-label="Why">
      <Callout kind={kinds[tone]} title={titleOf(connection)} actions={<Remedy connection={connection} />}>
        <div className="grid gap-3">
          <p>{pending?.kind === 'other_account' ? <OtherAccount pending={pending} /> : meaning}</p>
          {pending ? null : <KeyValueList items={whyFacts(connection)} />}
        </div>
      </Callout>
    </section>
  )
}

function titleOf({ status, pending }: ConnectionPage): ReactNode {
  const word = pending?.kind === 'other_account' ? 'Another account came back' : statusWords[status.status]
  return (
    <>
      {word} <span className="font-normal text-ink-muted">since</span> <RelativeTime at={status.since} />
    </>
  )
}

function OtherAccount({
  pending,
}: {
  pending: Extract<ConnectionPage['pending'], { kind: 'other_account' }>
}) {
  return (
    <>
      This account came back from a reconnect of {pending.replaces?.name ?? 'another connection'}. Nothing was
      overwritten, and its token is not used until an admin chooses: add it as new, replace on purpose, or
      discard it.
    </>
  )
}

function Remedy({ connection }: { connection: ConnectionPage }) {
  const fields = { connection: connection.id }
  const reason = connection.canAct ? null : viewerReason
  switch (connection.status.action) {
    case 'accept':
      return <PendingChoices connection={connection} />
    case 'reconnect':
    case 'connect_again':
      return <ReconnectForm connection={connection} variant="primary" />
    case 'check_again':
      return (
        <ActionButton
          action={checkConnection}
          fields={fields}
          label="Check again"
          icon={<Stethoscope aria-hidden="true" />}
          variant="primary"
          disabledReason={reason}
        />
      )
    case 'refresh_now':
      return (
        <ActionButton
          action={refreshConnection}
          fields={fields}
          label="Refresh now"
          icon={<RefreshCw aria-hidden="true" />}
          variant="primary"
          disabledReason={reason}
        />
      )
    case 'fix_app':
      return (
        <ButtonLink href={`/providers/${connection.app.id}`} variant="primary">
          {connection.canAct ? 'Correct the app' : 'Show the app'}
        </ButtonLink>
      )
    case null:
      return null
  }
}

function PendingChoices({ connection }: { connection: ConnectionPage }) {
  const { pending } = connection
  if (pending?.kind === 'other_account' && pending.flowId) {
    return (
      <ButtonLink href={`/connect/${pending.flowId}`} variant="primary">
        Choose
      </ButtonLink>
    )
  }
  if (pending?.kind !== 'install') return null
  return (
    <>
      <ActionButton
        action={acceptPending}
        fields={{ install: pending.installId }}
        label="Accept"
        icon={<Check aria-hidden="true" />}
        variant="primary"
        disabledReason={connection.canAct ? null : viewerReason}
      />
      <RefuseDialog connection={connection} installId={pending.installId} icon={<X aria-hidden="true" />} />
    </>
  )
}
