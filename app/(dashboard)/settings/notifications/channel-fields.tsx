'use client'

import { type ActionState, fieldError } from '@/components/forms/action-state'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import type { NotificationKind } from '@/lib/core/notification-event'
import { EventChoices } from './event-choices'

export type ChannelValues = {
  name: string
  addresses: readonly string[]
  events: readonly NotificationKind[]
}

const blank: ChannelValues = { name: '', addresses: [], events: [] }

/** Name, target and events of a channel of one kind. */
export function ChannelFields({
  kind,
  state,
  values = blank,
}: {
  kind: 'email' | 'webhook'
  state: ActionState
  values?: ChannelValues
}) {
  return (
    <>
      <Field name="name" label="Name" error={fieldError(state, 'name')}>
        {(control) => (
          <Input
            {...control}
            defaultValue={values.name}
            maxLength={80}
            autoComplete="off"
            placeholder={kind === 'email' ? 'On call' : 'Incident tool'}
          />
        )}
      </Field>
      {kind === 'email' ? (
        <Field
          name="recipients"
          label="E-mail addresses"
          hint="One or several, with commas or line breaks between them."
          error={fieldError(state, 'recipients')}
        >
          {(control) => (
            <Textarea
              {...control}
              defaultValue={values.addresses.join('\n')}
              rows={2}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
            />
          )}
        </Field>
      ) : (
        <Field
          name="url"
          label="URL"
          hint="Messages are posted there as JSON. It may be inside your network; https, or http on this machine."
          error={fieldError(state, 'url')}
        >
          {(control) => (
            <Input
              {...control}
              mono
              type="url"
              defaultValue={values.addresses[0] ?? ''}
              autoComplete="off"
              spellCheck={false}
              placeholder="https://hooks.example.com/patchbay"
            />
          )}
        </Field>
      )}
      <EventChoices chosen={values.events} error={fieldError(state, 'events')} />
    </>
  )
}
