'use client'

import { ActionForm } from '@/components/forms/action-form'
import { fieldError } from '@/components/forms/action-state'
import { SubmitButton } from '@/components/forms/submit-button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { changePasswordAction } from './actions'

export function ChangePasswordForm({
  email,
  passwordLengthMin,
}: {
  email: string
  passwordLengthMin: number
}) {
  return (
    <ActionForm action={changePasswordAction} className="grid max-w-md gap-4">
      {(state) => (
        <>
          {/* Tells password managers whose password this is. */}
          <input type="text" autoComplete="username" value={email} readOnly hidden />
          <Field name="currentPassword" label="Current password" error={fieldError(state, 'currentPassword')}>
            {(control) => <Input {...control} type="password" autoComplete="current-password" required />}
          </Field>
          <Field
            name="password"
            label="New password"
            hint={`At least ${passwordLengthMin} characters. A sentence of a few words is good.`}
            error={fieldError(state, 'password')}
          >
            {(control) => <Input {...control} type="password" autoComplete="new-password" required />}
          </Field>
          <Field name="passwordAgain" label="New password again" error={fieldError(state, 'passwordAgain')}>
            {(control) => <Input {...control} type="password" autoComplete="new-password" required />}
          </Field>
          <div>
            <SubmitButton>Change password</SubmitButton>
          </div>
        </>
      )}
    </ActionForm>
  )
}
