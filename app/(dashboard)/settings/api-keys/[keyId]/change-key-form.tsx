'use client'

import { ActionForm } from '@/components/forms/action-form'
import { fieldError } from '@/components/forms/action-state'
import { SubmitButton } from '@/components/forms/submit-button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { ApiKeyPage } from '@/lib/server'
import { changeKeyAction } from '../actions'
import { LimitField } from '../limit-field'

/** Name and request limit of a key. */
export function ChangeKeyForm({
  apiKey: { id, name, requestsPerMinute },
}: {
  apiKey: Pick<ApiKeyPage, 'id' | 'name' | 'requestsPerMinute'>
}) {
  return (
    <ActionForm action={changeKeyAction} className="grid gap-4" guardUnsaved>
      {(state) => (
        <>
          <input type="hidden" name="keyId" value={id} />
          <Field name="name" label="Name" error={fieldError(state, 'name')}>
            {(control) => (
              <Input
                {...control}
                defaultValue={name}
                maxLength={80}
                autoComplete="off"
                className="max-w-96"
              />
            )}
          </Field>
          <LimitField value={requestsPerMinute} error={fieldError(state, 'requestsPerMinute')} />
          <div>
            <SubmitButton>Save</SubmitButton>
          </div>
        </>
      )}
    </ActionForm>
  )
}
