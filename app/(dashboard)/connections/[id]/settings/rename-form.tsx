'use client'

import { ActionForm } from '@/components/forms/action-form'
import { fieldError } from '@/components/forms/action-state'
import { SubmitButton } from '@/components/forms/submit-button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { rename } from '../../actions'
import { OffButton } from '../off-button'

/** A name of one's own for a connection; blank shows the account's name again. */
export function RenameForm({
  id,
  label,
  accountName,
  disabledReason,
}: {
  id: string
  label: string
  accountName: string
  disabledReason: string | null
}) {
  return (
    <ActionForm action={rename} guardUnsaved>
      {(state) => (
        <>
          <input type="hidden" name="connection" value={id} />
          <Field
            name="label"
            label="Name"
            optional
            hint={`Blank shows “${accountName}”, the account’s own name.`}
            error={fieldError(state, 'label')}
          >
            {(control) => (
              <Input
                {...control}
                defaultValue={label}
                placeholder={accountName}
                readOnly={disabledReason !== null}
                autoComplete="off"
                className="max-w-md"
              />
            )}
          </Field>
          <div>
            {disabledReason ? (
              <OffButton label="Save" reason={disabledReason} />
            ) : (
              <SubmitButton variant="secondary">Save</SubmitButton>
            )}
          </div>
        </>
      )}
    </ActionForm>
  )
}
