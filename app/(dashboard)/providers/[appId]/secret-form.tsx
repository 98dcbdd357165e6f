'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { type FormAction, fieldError } from '@/components/forms/action-state'
import { SubmitButton } from '@/components/forms/submit-button'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'

/**
 * Write-only entry of one secret: nothing that is stored comes here. One that the provider refuses is not stored; then, and only then,
 * it can be stored all the same.
 */
export function SecretForm({
  action,
  appId,
  field,
  label,
  isSet,
  setWord = 'Enter',
  replaceWord = 'Replace',
  hint,
  multiline = false,
}: {
  action: FormAction
  appId: string
  field: string
  label: string
  isSet: boolean
  setWord?: string
  replaceWord?: string
  hint?: string
  multiline?: boolean
}) {
  const [open, setOpen] = useState(false)
  if (!open) {
    return (
      <Button size="sm" onClick={() => setOpen(true)}>
        {isSet ? replaceWord : setWord}
        <span className="sr-only"> {label}</span>
      </Button>
    )
  }
  return (
    <ActionForm
      action={action}
      onDone={() => setOpen(false)}
      className="grid w-full gap-3 rounded-md bg-sunken p-3"
    >
      {(state) => {
        const refused = state.kind === 'failed' && state.message.startsWith('Not stored')
        return (
          <>
            <input type="hidden" name="appId" value={appId} />
            <input type="hidden" name="field" value={field} />
            <Field
              name={field}
              label={label}
              hint={hint}
              error={fieldError(state, field) ?? fieldError(state, 'value')}
            >
              {(control) =>
                multiline ? (
                  <Textarea {...control} mono rows={6} autoComplete="off" spellCheck={false} autoFocus />
                ) : (
                  <Input
                    {...control}
                    mono
                    type="password"
                    autoComplete="new-password"
                    spellCheck={false}
                    autoFocus
                  />
                )
              }
            </Field>
            {refused ? (
              <Checkbox
                name="evenIfRefused"
                label="Store it all the same"
                hint="Only where the provider will know it soon: connections cannot be renewed with it before."
              />
            ) : null}
            <div className="flex flex-wrap gap-2">
              <SubmitButton size="sm">{isSet ? 'Replace' : 'Store'}</SubmitButton>
              <Button size="sm" variant="ghost" onClick={() => setOpen(false)}>
                Cancel
              </Button>
            </div>
          </>
        )
      }}
    </ActionForm>
  )
}
