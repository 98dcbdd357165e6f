'use client'

import type { ReactNode } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { fieldError } from '@/components/forms/action-state'
import { SubmitButton } from '@/components/forms/submit-button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { saveFieldsAction } from '../actions'

export type FormField = {
  name: string
  label: string
  value: string
  hint?: ReactNode
  mono?: boolean
  optional?: boolean
  placeholder?: string
  numeric?: boolean
}

/** Some plain fields of an app, saved together; the fields of other forms stay as they are. */
export function FieldsForm({
  appId,
  fields,
  submit = 'Save',
  children,
}: {
  appId: string
  fields: readonly FormField[]
  submit?: string
  children?: ReactNode
}) {
  return (
    <ActionForm action={saveFieldsAction} guardUnsaved>
      {(state) => (
        <>
          <input type="hidden" name="appId" value={appId} />
          {fields.map(({ name, label, value, hint, mono, optional, placeholder, numeric }) => (
            <Field
              key={name}
              name={name}
              label={label}
              hint={hint}
              optional={optional ?? false}
              error={fieldError(state, name)}
            >
              {(control) => (
                <Input
                  {...control}
                  key={value}
                  mono={mono ?? false}
                  defaultValue={value}
                  placeholder={placeholder}
                  inputMode={numeric ? 'numeric' : undefined}
                  autoComplete="off"
                  autoCapitalize="off"
                  spellCheck={false}
                />
              )}
            </Field>
          ))}
          {children}
          <div>
            <SubmitButton variant="secondary">{submit}</SubmitButton>
          </div>
        </>
      )}
    </ActionForm>
  )
}
