import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { DisabledButton } from './disabled-button'
import { dismissFlowAction } from './overview-actions'

/** Takes an unfinished flow off the list; its state is worth nothing afterwards. */
export function DismissFlow({
  flowId,
  canDismiss,
  label = 'Dismiss',
}: {
  flowId: string
  canDismiss: boolean
  label?: string
}) {
  if (!canDismiss) return <DisabledButton why="Only an admin can dismiss it.">{label}</DisabledButton>
  return (
    <ActionForm action={dismissFlowAction} className="grid gap-2">
      <input type="hidden" name="flow" value={flowId} />
      <SubmitButton variant="secondary" size={label === 'Dismiss' ? 'sm' : 'md'}>
        {label}
      </SubmitButton>
    </ActionForm>
  )
}
