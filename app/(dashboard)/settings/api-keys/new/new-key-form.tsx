'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { type FormAction, fieldError } from '@/components/forms/action-state'
import { SubmitButton } from '@/components/forms/submit-button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { createKeyAction, type ShownKey } from '../actions'
import { LimitField } from '../limit-field'
import { ExpiryFields } from './expiry-fields'
import { KeyDialog } from './key-dialog'
import { type NamedProvider, ReachFields } from './reach-fields'
import { ScopeFields } from './scope-fields'

/** What the new key may do, what it reaches and how long; the key is shown once it is made. */
export function NewKeyForm({
  providers,
  firstDay,
}: {
  providers: readonly NamedProvider[]
  firstDay: string
}) {
  const router = useRouter()
  const [shown, setShown] = useState<ShownKey | null>(null)
  const create: FormAction = async (previous, form) => {
    const { shown: made, ...next } = await createKeyAction(previous, form)
    if (made) setShown(made)
    return next
  }
  return (
    <>
      <ActionForm action={create} className="grid gap-6" guardUnsaved>
        {(state) => (
          <>
            <Field
              name="name"
              label="Name"
              hint="Of the program that will use it; it stands in the audit trail."
              error={fieldError(state, 'name')}
            >
              {(control) => (
                <Input {...control} maxLength={80} autoComplete="off" placeholder="Nightly export" />
              )}
            </Field>
            <ScopeFields error={fieldError(state, 'scopes')} />
            <ReachFields
              providers={providers}
              error={fieldError(state, 'reach') ?? fieldError(state, 'connectionIds')}
            />
            <ExpiryFields firstDay={firstDay} error={fieldError(state, 'expiresAt')} />
            <LimitField error={fieldError(state, 'requestsPerMinute')} />
            <div>
              <SubmitButton>Create key</SubmitButton>
            </div>
          </>
        )}
      </ActionForm>
      {shown ? (
        <KeyDialog
          secret={shown.key}
          may={shown.may}
          onDone={() => router.push(`/settings/api-keys/${shown.id}`)}
        />
      ) : null}
    </>
  )
}
