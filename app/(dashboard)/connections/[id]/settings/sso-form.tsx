'use client'

import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { allowSso } from '../../actions'
import { OffButton } from '../off-button'

/** Switches "Open in Outstand" for one connection: one press, and it can be taken back by another. */
export function SsoForm({
  id,
  enabled,
  disabledReason,
}: {
  id: string
  enabled: boolean
  disabledReason: string | null
}) {
  const label = enabled ? 'Switch off' : 'Switch on'
  return (
    <ActionForm action={allowSso} className="flex flex-wrap items-center justify-between gap-3">
      <input type="hidden" name="connection" value={id} />
      <input type="hidden" name="enabled" value={enabled ? '' : 'on'} />
      <p>
        It is <strong className="font-semibold">{enabled ? 'switched on' : 'switched off'}</strong>.
      </p>
      {disabledReason ? (
        <OffButton label={label} reason={disabledReason} />
      ) : (
        <SubmitButton variant="secondary">{label}</SubmitButton>
      )}
    </ActionForm>
  )
}
