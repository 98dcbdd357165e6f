'use client'

import { ActionForm } from '@/components/forms/action-form'
import { fieldError } from '@/components/forms/action-state'
import { SubmitButton } from '@/components/forms/submit-button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { GrantKind, ProviderId } from '@/lib/core/provider'
import { createAppAction } from '../actions'
import { Choice, ChoiceGroup } from '../choice-group'

/** Environment, name and grants of a new app. */
export function NewAppForm({
  provider,
  providerName,
  grants,
  developmentNote,
  defaultBaseUrl,
}: {
  provider: ProviderId
  providerName: string
  grants: readonly { grant: GrantKind; title: string; words: string }[]
  developmentNote: string | null
  /** Not null: the provider has white labels with base URLs of their own. */
  defaultBaseUrl: string | null
}) {
  const oneGrant = provider === 'envoy'
  return (
    <ActionForm action={createAppAction} className="grid gap-6" guardUnsaved>
      {(state) => (
        <>
          <input type="hidden" name="provider" value={provider} />
          <ChoiceGroup legend="Environment" error={fieldError(state, 'environment')}>
            <Choice
              type="radio"
              name="environment"
              value="production"
              defaultChecked
              title="Production"
              words="For the accounts your company really works with."
            />
            <Choice
              type="radio"
              name="environment"
              value="development"
              title="Development"
              words={developmentNote ?? `For trying things out at ${providerName}.`}
            />
          </ChoiceGroup>
          <ChoiceGroup
            legend={oneGrant ? 'Kind of grant' : 'Kinds of grant'}
            error={fieldError(state, 'grants')}
          >
            {grants.map(({ grant, title, words }, index) => (
              <Choice
                key={grant}
                type={oneGrant ? 'radio' : 'checkbox'}
                name="grant"
                value={grant}
                defaultChecked={index === 0}
                title={title}
                words={words}
              />
            ))}
          </ChoiceGroup>
          <Field
            name="name"
            label="Name"
            hint="How it is called on these pages, and to people who install it."
            error={fieldError(state, 'name')}
          >
            {(control) => <Input {...control} maxLength={80} autoComplete="off" placeholder="Sales sync" />}
          </Field>
          {defaultBaseUrl === null ? null : (
            <Field
              name="baseUrl"
              label="Base URL of a white label"
              optional
              hint={`Left empty: ${defaultBaseUrl}`}
              error={fieldError(state, 'baseUrl')}
            >
              {(control) => <Input {...control} mono type="url" placeholder="https://crm.example.com" />}
            </Field>
          )}
          <div>
            <SubmitButton>Make the draft</SubmitButton>
          </div>
        </>
      )}
    </ActionForm>
  )
}
