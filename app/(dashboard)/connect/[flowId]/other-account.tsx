import type { ReactNode } from 'react'
import { KeyValueList } from '@/components/data/key-value-list'
import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { providerNames } from '@/lib/core/provider'
import type { FlowPage } from '@/lib/server'
import { DisabledButton } from '../../disabled-button'
import { settleAction } from './actions'

type State = Extract<FlowPage['state'], { kind: 'other_account' }>
type Account = { name: string; email: string | null; org: string | null }

/** A reconnect came back as somebody else: nothing was overwritten, and an admin chooses. */
export function OtherAccount({
  flow,
  state,
  canDecide,
}: {
  flow: FlowPage
  state: State
  canDecide: boolean
}) {
  const { asked, cameBack, pendingId } = state
  const provider = providerNames[flow.provider]
  const why = 'Only an admin can decide this.'
  return (
    <div className="grid max-w-4xl gap-6">
      <div className="grid gap-4 sm:grid-cols-2">
        <AccountCard title="You wanted to reconnect" account={asked} />
        <AccountCard title={`${provider} sent back`} account={cameBack} />
      </div>
      <Card title="What should happen?" flush>
        <Choice
          title="Sign in again, with the right account"
          words={`${cameBack.name} is forgotten here. Sign out at ${provider} first, then press Reconnect.`}
        >
          {canDecide ? (
            <Settle pendingId={pendingId} choice="discard" label="Discard and sign in again" primary />
          ) : (
            <DisabledButton why={why}>Discard and sign in again</DisabledButton>
          )}
        </Choice>
        <Choice
          title="Add it as a connection of its own"
          words={`${asked.name} stays as it is, and ${cameBack.name} is connected beside it.`}
        >
          {canDecide ? (
            <Settle pendingId={pendingId} choice="add_as_new" label="Add as new" />
          ) : (
            <DisabledButton why={why}>Add as new</DisabledButton>
          )}
        </Choice>
        <Choice
          title="Replace the account on purpose"
          words="The connection keeps its id and history, and acts for the other account from now on."
        >
          <ConfirmDialog
            label="Replace…"
            title={`Replace ${asked.name} by ${cameBack.name}?`}
            confirmText={asked.name}
            confirmLabel="Replace"
            action={settleAction}
            fields={{ pending: pendingId, choice: 'replace' }}
            disabledReason={replaceBlocked(canDecide, asked.exists, why)}
          >
            <p>
              Every program that uses this connection acts for <strong>{cameBack.name}</strong> from now on.
              The tokens of <strong>{asked.name}</strong> are erased here.
            </p>
          </ConfirmDialog>
        </Choice>
      </Card>
    </div>
  )
}

function replaceBlocked(canDecide: boolean, exists: boolean, why: string): string | null {
  if (!canDecide) return why
  return exists ? null : 'The connection is gone.'
}

function AccountCard({ title, account }: { title: string; account: Account }) {
  return (
    <Card title={title}>
      <KeyValueList
        stacked
        items={[
          { name: 'Account', value: <span className="font-medium">{account.name}</span> },
          { name: 'E-mail', value: account.email ?? 'Not told' },
          { name: 'Organization', value: account.org ?? 'Not told' },
        ]}
      />
    </Card>
  )
}

function Choice({ title, words, children }: { title: string; words: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-line border-b px-4 py-3 last:border-0">
      <div className="min-w-0 max-w-[60ch]">
        <h3 className="font-medium">{title}</h3>
        <p className="text-ink-muted">{words}</p>
      </div>
      {children}
    </div>
  )
}

function Settle({
  pendingId,
  choice,
  label,
  primary = false,
}: {
  pendingId: string
  choice: 'discard' | 'add_as_new'
  label: string
  primary?: boolean
}) {
  return (
    <ActionForm action={settleAction} className="grid gap-2">
      <input type="hidden" name="pending" value={pendingId} />
      <input type="hidden" name="choice" value={choice} />
      <SubmitButton variant={primary ? 'primary' : 'secondary'}>{label}</SubmitButton>
    </ActionForm>
  )
}
