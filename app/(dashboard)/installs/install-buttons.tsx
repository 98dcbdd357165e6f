import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { InstallRow } from '@/lib/server'
import { DisabledButton } from '../disabled-button'
import { acceptInstallAction, refuseInstallAction } from './actions'

/** Accept and Refuse for one install that waits. */
export function InstallButtons({
  install,
  canDecide,
}: {
  install: Pick<InstallRow, 'id' | 'orgName' | 'reference' | 'appName'>
  canDecide: boolean
}) {
  const name = install.orgName ?? install.reference
  if (!canDecide)
    return <DisabledButton why="Only an admin can accept or refuse installs.">Accept</DisabledButton>
  return (
    <div className="flex flex-wrap items-start gap-2 sm:justify-end">
      <ActionForm action={acceptInstallAction} className="grid gap-2">
        <input type="hidden" name="install" value={install.id} />
        <SubmitButton size="sm" aria-label={`Accept ${name}`}>
          Accept
        </SubmitButton>
      </ActionForm>
      <ConfirmDialog
        size="sm"
        label="Refuse"
        title={`Refuse the install of ${name}?`}
        confirmLabel="Refuse"
        action={refuseInstallAction}
        fields={{ install: install.id }}
      >
        <p>
          The tokens of {install.appName} for {name} are erased here. The install stays on record as refused,
          and the provider’s messages no longer bring it back.
        </p>
        <p>The app stays installed at the provider until somebody removes it there.</p>
      </ConfirmDialog>
    </div>
  )
}

/** Brings back an install that was refused. */
export function AcceptAfterAll({ install }: { install: Pick<InstallRow, 'id' | 'orgName' | 'reference'> }) {
  return (
    <ActionForm action={acceptInstallAction} className="grid gap-2">
      <input type="hidden" name="install" value={install.id} />
      <SubmitButton
        size="sm"
        variant="secondary"
        aria-label={`Accept ${install.orgName ?? install.reference} after all`}
      >
        Accept after all
      </SubmitButton>
    </ActionForm>
  )
}
