'use client'

import { ActionForm } from '@/components/forms/action-form'
import { fieldError } from '@/components/forms/action-state'
import { SubmitButton } from '@/components/forms/submit-button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { addPersonAction } from './actions'

/** The new person's password is shown as it is typed: it has to be handed over. */
export function AddPersonForm({ passwordLengthMin }: { passwordLengthMin: number }) {
  return (
    <ActionForm action={addPersonAction} guardUnsaved className="grid max-w-3xl gap-4">
      {(state) => (
        <>
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <Field name="name" id="person-name" label="Name" error={fieldError(state, 'name')}>
              {(control) => <Input {...control} autoComplete="off" required />}
            </Field>
            <Field
              name="email"
              id="person-email"
              label="E-mail"
              hint="They sign in with it."
              error={fieldError(state, 'email')}
            >
              {(control) => (
                <Input
                  {...control}
                  type="email"
                  autoComplete="off"
                  autoCapitalize="off"
                  spellCheck={false}
                  required
                />
              )}
            </Field>
            <Field
              name="password"
              id="person-password"
              label="First password"
              hint={`At least ${passwordLengthMin} characters. Shown, because you hand it over.`}
              error={fieldError(state, 'password')}
            >
              {(control) => (
                <Input
                  {...control}
                  autoComplete="off"
                  autoCapitalize="off"
                  autoCorrect="off"
                  spellCheck={false}
                  required
                />
              )}
            </Field>
            <Field
              name="role"
              id="person-role"
              label="Role"
              hint="You can change it later."
              error={fieldError(state, 'role')}
            >
              {(control) => (
                <Select {...control} defaultValue="viewer">
                  <option value="viewer">Viewer: reads everything but tokens</option>
                  <option value="admin">Admin: connects and changes connections</option>
                  <option value="owner">Owner: manages people as well</option>
                </Select>
              )}
            </Field>
          </div>
          <div>
            <SubmitButton>Add person</SubmitButton>
          </div>
        </>
      )}
    </ActionForm>
  )
}
