'use client'

import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import type { ChannelPage } from '@/lib/server'
import { changeChannelAction } from '../actions'
import { ChannelFields } from '../channel-fields'

/** What can be changed of a channel; its kind stays. */
export function ChangeChannelForm({
  channel: { id, kind, name, addresses, events },
}: {
  channel: Pick<ChannelPage, 'id' | 'kind' | 'name' | 'addresses' | 'events'>
}) {
  return (
    <ActionForm action={changeChannelAction} className="grid gap-6" guardUnsaved>
      {(state) => (
        <>
          <input type="hidden" name="channelId" value={id} />
          <input type="hidden" name="kind" value={kind} />
          <ChannelFields kind={kind} state={state} values={{ name, addresses, events }} />
          <div>
            <SubmitButton>Save</SubmitButton>
          </div>
        </>
      )}
    </ActionForm>
  )
}
