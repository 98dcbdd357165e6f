'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { type FormAction, fieldError } from '@/components/forms/action-state'
import { SubmitButton } from '@/components/forms/submit-button'
import { Choice, ChoiceGroup } from '../../../providers/choice-group'
import { addChannelAction, type ShownSecret } from '../actions'
import { ChannelFields } from '../channel-fields'
import { SigningSecretDialog } from '../signing-secret-dialog'

/** Kind, name, target and events of a new channel; a webhook's secret is shown once it is made. */
export function NewChannelForm({ mailReady }: { mailReady: boolean }) {
  const router = useRouter()
  const [kind, setKind] = useState<'webhook' | 'email'>(mailReady ? 'email' : 'webhook')
  const [shown, setShown] = useState<ShownSecret | null>(null)
  const add: FormAction = async (previous, form) => {
    const { shown: made, ...next } = await addChannelAction(previous, form)
    if (made) setShown(made)
    return next
  }
  return (
    <>
      <ActionForm action={add} className="grid gap-6" guardUnsaved>
        {(state) => (
          <>
            <ChoiceGroup legend="Kind" error={fieldError(state, 'kind')}>
              <Choice
                type="radio"
                name="kind"
                value="email"
                defaultChecked={kind === 'email'}
                disabled={!mailReady}
                onChoose={() => setKind('email')}
                title="E-mail"
                words={
                  mailReady
                    ? 'What happens at the same time goes in one mail.'
                    : 'There is no mail server. Set SMTP_URL and MAIL_FROM and start Patchbay again.'
                }
              />
              <Choice
                type="radio"
                name="kind"
                value="webhook"
                defaultChecked={kind === 'webhook'}
                onChoose={() => setKind('webhook')}
                title="Webhook"
                words="A signed message for a program of yours, one for each event."
              />
            </ChoiceGroup>
            <ChannelFields kind={kind} state={state} />
            <div>
              <SubmitButton>Add the channel</SubmitButton>
            </div>
          </>
        )}
      </ActionForm>
      {shown ? (
        <SigningSecretDialog
          secret={shown.secret}
          onDone={() => router.push(`/settings/notifications/${shown.channelId}`)}
        />
      ) : null}
    </>
  )
}
