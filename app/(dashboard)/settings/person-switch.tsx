import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { PersonRow } from '@/lib/server'
import { disablePersonAction, enablePersonAction } from './actions'

type Props = { person: Pick<PersonRow, 'id' | 'name' | 'email' | 'isMe' | 'openSessions'> }

export function DisablePerson({ person: { id, name, email, isMe, openSessions } }: Props) {
  if (isMe) return <span className="text-ink-muted text-xs">Nobody can disable their own account.</span>
  return (
    <ConfirmDialog
      label="Disable"
      size="sm"
      title={`Disable the account of ${name}?`}
      confirmLabel="Disable the account"
      confirmText={email}
      action={disablePersonAction}
      fields={{ userId: id }}
    >
      <p>
        {openSessions === 0
          ? `${name} is signed in nowhere and cannot sign in any more.`
          : `${name} is signed out at once (${openSessions === 1 ? '1 session' : `${openSessions} sessions`}) and cannot sign in any more.`}
      </p>
      <p>Connections they made go on. You can enable the account again.</p>
    </ConfirmDialog>
  )
}

export function EnablePerson({ person: { id, name } }: Props) {
  return (
    <ActionForm action={enablePersonAction} className="grid gap-2">
      <input type="hidden" name="userId" value={id} />
      <div>
        <SubmitButton variant="secondary" size="sm">
          Enable <span className="sr-only">the account of {name}</span>
        </SubmitButton>
      </div>
    </ActionForm>
  )
}
